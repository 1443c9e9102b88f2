"""Find events, as far as the one who asks may see them, and their guests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from portal.events.models import Event, Registration
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.paging import PAGE_SIZE, Page, WrongCursor, decode, page_of
from portal.networks.models import Network
from portal.networks.queries import my_network_ids
from portal.people.models import Person

FIRST_GUESTS = 12
ROW = (
    Event.id,
    Event.slug,
    Event.title,
    Event.starts_at,
    Event.ends_at,
    Event.timezone,
    Event.place_name,
    Event.online_url,
    Event.capacity,
    Event.taken,
    Network.name.label("network"),
)


@dataclass(frozen=True)
class Found:
    """An event with its network, its organiser and the actor's own place."""

    event: Event
    network: Network | None
    organiser: Person | None
    registration: Registration | None
    belongs: bool


def may_be_seen_by(actor: Actor) -> ColumnElement[bool]:
    """Say that an event is public and not a hidden network's, or one of the actor's networks'."""
    if actor.is_administrator:
        return true()
    public = and_(
        Event.audience == "public",
        or_(Event.network_id.is_(None), Network.visibility != "hidden"),
    )
    return or_(public, _in_mine(actor)) if actor.is_signed_in else public


def visible_to(actor: Actor) -> Select[Event]:
    """Select the events the actor may see, joined with their networks."""
    query = select(Event).outerjoin(Network, Network.id == Event.network_id)
    return query.where(may_be_seen_by(actor))


def found_event(slug: str, actor: Actor) -> Found | None:
    """Find one event by its address, in one query; None if the actor may not see it."""
    query = (
        visible_to(actor)
        .where(Event.slug == slug)
        .outerjoin(Person, Person.id == Event.organiser_id)
        .outerjoin(Registration, _mine(actor))
        .add_columns(Network, Person, Registration, _in_mine(actor))
        .execution_options(populate_existing=True)
    )
    row = session().execute(query).one_or_none()
    return Found(row[0], row[1], row[2], row[3], bool(row[4])) if row else None


def listed(
    actor: Actor, *, past: bool = False, network: str | None = None, after: str | None = None
) -> Page[Any]:
    """Return a page of events: coming ones soonest first, past ones latest first."""
    now = clock.now()
    query = _rows(actor).where(Event.ends_at <= now if past else Event.ends_at > now)
    if network:
        query = query.where(Network.slug == network)
    if key := _position(after):
        beyond = Event.starts_at < key[0] if past else Event.starts_at > key[0]
        number = Event.id < key[1] if past else Event.id > key[1]
        query = query.where(or_(beyond, and_(Event.starts_at == key[0], number)))
    order = (Event.starts_at.desc(), Event.id.desc()) if past else (Event.starts_at, Event.id)
    rows = session().execute(query.order_by(*order).limit(PAGE_SIZE + 1)).all()
    return page_of(rows, lambda row: (row.starts_at.isoformat(), row.id))


def coming_for(actor: Actor, limit: int) -> Sequence[Any]:
    """Return the events that come next."""
    return _coming(_rows(actor), limit)


def coming_in_network(actor: Actor, network_id: int, limit: int) -> Sequence[Any]:
    """Return the events of a network that come next."""
    return _coming(_rows(actor).where(Event.network_id == network_id), limit)


def my_coming(actor: Actor, limit: int) -> Sequence[Any]:
    """Return the coming events where the actor has a place."""
    return _coming(_rows(actor).where(Registration.id.is_not(None)), limit)


def guests(actor: Actor, event_id: int, *, belongs: bool) -> Sequence[Any]:
    """Return name and public id of the first guests whose names the actor sees."""
    if not actor.is_signed_in:
        return ()
    query = (
        select(Person.public_id, Person.name)
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.event_id == event_id, Registration.ended_at.is_(None))
        .where(_shows_name(actor, belongs))
        .order_by(Person.sort_key, Person.id)
        .limit(FIRST_GUESTS)
    )
    return session().execute(query).all()


def current_registration(actor: Actor, event_id: int) -> Registration | None:
    """Return the actor's place at an event, if they have one."""
    query = select(Registration).where(Registration.event_id == event_id, _mine_at_all(actor))
    return session().scalars(query.execution_options(populate_existing=True)).one_or_none()


def _rows(actor: Actor) -> Select[Any]:
    """Select events as rows of a list; `mine` says whether the actor has a place."""
    query: Select[Any] = select(*ROW, Registration.id.is_not(None).label("mine"))
    joined = query.outerjoin(Network, Network.id == Event.network_id)
    return joined.outerjoin(Registration, _mine(actor)).where(may_be_seen_by(actor))


def _coming(query: Select[Any], limit: int) -> Sequence[Any]:
    coming = query.where(Event.ends_at > clock.now()).order_by(Event.starts_at, Event.id)
    return session().execute(coming.limit(limit)).all()


def _in_mine(actor: Actor) -> ColumnElement[bool]:
    return Event.network_id.in_(my_network_ids(actor)) if actor.is_signed_in else false()


def _mine(actor: Actor) -> ColumnElement[bool]:
    if not actor.is_signed_in:
        return false()
    return and_(Registration.event_id == Event.id, _mine_at_all(actor))


def _mine_at_all(actor: Actor) -> ColumnElement[bool]:
    return and_(Registration.person_id == actor.person_id, Registration.ended_at.is_(None))


def _shows_name(actor: Actor, belongs: bool) -> ColumnElement[bool]:
    """Say what `people.policy.may_see_name` says, in SQL."""
    if actor.is_administrator:
        return true()
    chosen = ("networks", "members") if belongs else ("members",)
    return or_(Person.name_shown.in_(chosen), Person.id == actor.person_id)


def _position(after: str | None) -> tuple[datetime, int] | None:
    key = decode(after, str, int)
    if key is None:
        return None
    try:
        instant = datetime.fromisoformat(key[0])
    except ValueError as error:
        raise WrongCursor(after) from error
    if instant.tzinfo is None:
        raise WrongCursor(after)
    return instant, key[1]
