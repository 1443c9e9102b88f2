"""Rules of events: who may take a place and give it back, and who reads the names of guests."""

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
    if is_over(event, at):
        return deny(_l("The event is over."))
    if registration is not None:
        return deny(_l("You have a place already."))
    if is_full(event):
        return deny(FULL)
    if not actor.is_signed_in:
        return deny(_l("Sign in or join first, then you come right back here."))
    return ALLOW


def may_give_back(event: Event, registration: Registration | None, at: datetime) -> Decision:
    """Say whether the place can be given back; somebody may still come late in one's stead."""
    if registration is None:
        return deny(_l("You have no place to give back."))
    if is_over(event, at):
        return deny(_l("The event is over."))
    return ALLOW


def may_see_guests(actor: Actor, event: Event, *, belongs: bool) -> bool:
    """Say whether the actor reads who is coming: those who belong to the event's network do.

    Each guest's own choice of who sees their name comes on top of this.
    """
    if actor.is_administrator:
        return True
    return actor.is_signed_in and (belongs or event.network_id is None)
