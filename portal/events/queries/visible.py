"""Which events a person may know of, and where they have a place."""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from portal.events.models import Event, Registration
from portal.kernel.actors import Actor
from portal.networks.models import Network
from portal.networks.queries import my_network_ids


def may_be_seen_by(actor: Actor) -> ColumnElement[bool]:
    """Say that an event is public and not a hidden network's, or one of the actor's networks'.

    Wants Network joined by the event's `network_id`, as `visible_to` does.
    """
    if actor.is_administrator:
        return true()
    shown = or_(Event.network_id.is_(None), Network.visibility != "hidden")
    return or_(and_(Event.audience == "public", shown), is_of_mine(actor))


def visible_to(actor: Actor) -> Select[Event]:
    """Select the events the actor may see, joined with their networks."""
    query = select(Event).outerjoin(Network, Network.id == Event.network_id)
    return query.where(may_be_seen_by(actor))


def is_of_mine(actor: Actor) -> ColumnElement[bool]:
    """Say that an event is of a network the actor belongs to."""
    return Event.network_id.in_(my_network_ids(actor)) if actor.is_signed_in else false()


def is_my_place(actor: Actor) -> ColumnElement[bool]:
    """Say that a registration is the actor's own, and has not been given back."""
    if not actor.is_signed_in:
        return false()
    return and_(Registration.person_id == actor.person_id, Registration.ended_at.is_(None))
