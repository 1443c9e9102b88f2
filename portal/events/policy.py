"""Rules of events: who may take a place, give it back, and read how to join online."""

from datetime import datetime

from portal.events.models import Event, Registration
from portal.kernel.actors import Actor
from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.text import _l

FULL = _l("Every place is taken.")


def is_over(event: Event, at: datetime) -> bool:
    """Say whether the event has ended."""
    return event.ends_at <= at


def is_full(event: Event) -> bool:
    """Say whether every place is taken."""
    return event.capacity is not None and event.taken >= event.capacity


def may_take_place(
    actor: Actor, event: Event, registration: Registration | None, at: datetime
) -> Decision:
    """Say whether the actor may take a place; one may come late, but not afterwards."""
    if not actor.is_signed_in:
        return deny(_l("Sign in or join first, then you come right back here."))
    if is_over(event, at):
        return deny(_l("The event is over."))
    if registration is not None:
        return deny(_l("You have a place already."))
    return deny(FULL) if is_full(event) else ALLOW


def may_give_back(event: Event, registration: Registration | None, at: datetime) -> Decision:
    """Say whether the place can be given back; after the start nobody could use it."""
    if registration is None:
        return deny(_l("You have no place to give back."))
    if event.starts_at <= at:
        return deny(_l("The event has begun, so the place can no longer be given back."))
    return ALLOW
