"""One event, with what the actor has to do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import and_, bindparam, select

from portal.events.models import Event, Registration
from portal.events.queries.visible import is_my_place, is_of_mine, visible_to
from portal.kernel.actors import Actor
from portal.kernel.db import Query, session
from portal.kernel.viewing import Kind, kind_of, stand_in
from portal.networks.models import Network
from portal.networks.queries import is_near
from portal.people.models import Person


@dataclass(frozen=True)
class Found:
    """An event with its network and organiser, the actor's own place, and what they belong to."""

    event: Event
    network: Network | None
    organiser: Person | None
    registration: Registration | None
    belongs: bool
    shares_network: bool


def found_event(slug: str, actor: Actor) -> Found | None:
    """Find one event by its address, in one query; None if the actor may not know of it."""
    query = _found(kind_of(actor))
    row = session().execute(query, {"slug": slug, "viewer": actor.person_id}).one_or_none()
    return Found(row[0], row[1], row[2], row[3], bool(row[4]), bool(row[5])) if row else None


def current_registration(actor: Actor, event_id: int) -> Registration | None:
    """Return the actor's place at an event, if they have one now."""
    query = select(Registration).where(Registration.event_id == event_id, is_my_place(actor))
    return session().scalars(query.execution_options(populate_existing=True)).one_or_none()


def left_behind(actor: Actor, network_id: int, at: datetime) -> Sequence[Event]:
    """Return a network's coming events where the actor has a place but may no longer come."""
    seen = visible_to(actor).with_only_columns(Event.id)
    query = (
        select(Event)
        .join(Registration, and_(Registration.event_id == Event.id, is_my_place(actor)))
        .where(Event.network_id == network_id, Event.ends_at > at, Event.id.not_in(seen))
    )
    return session().scalars(query).all()


@cache
def _found(kind: Kind) -> Query:
    viewer = stand_in(kind)
    mine = and_(Registration.event_id == Event.id, is_my_place(viewer))
    return (
        visible_to(viewer)
        .where(Event.slug == bindparam("slug"))
        .outerjoin(Person, Person.id == Event.organiser_id)
        .outerjoin(Registration, mine)
        .add_columns(Network, Person, Registration)
        .add_columns(is_of_mine(viewer), is_near(viewer, Person.id))
        .execution_options(populate_existing=True)
    )
