"""Lists of events: a page of coming or past ones, and the few that come next somewhere."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, and_, bindparam, or_, select

from portal.events.models import Event, Registration
from portal.events.queries.visible import is_my_place, may_be_seen_by
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import Query, UTCDateTime, fetch
from portal.kernel.ordering import LAST_AT, LAST_ID, last_values, time_position
from portal.kernel.paging import PAGE_SIZE, Page, page_of
from portal.kernel.viewing import Kind, kind_of, stand_in
from portal.networks.models import Network

NOW = bindparam("now", type_=UTCDateTime())
ROW = (
    Event.id,
    Event.slug,
    Event.title,
    Event.starts_at,
    Event.ends_at,
    Event.timezone,
    Event.place_name,
    Event.capacity,
    Event.taken,
    Network.name.label("network"),
)


class Shape(NamedTuple):
    """All that decides how the list's statement is written."""

    kind: Kind
    past: bool
    in_network: bool
    goes_on: bool


def listed(
    actor: Actor, *, past: bool = False, network: str | None = None, after: str | None = None
) -> Page[Any]:
    """Return a page of events: coming ones soonest first, past ones latest first."""
    last = time_position(after)
    shape = Shape(kind_of(actor), past, bool(network), last is not None)
    rows = fetch(_listed(shape), _values(actor, slug=network) | last_values(last))
    return page_of(rows, lambda row: (row.starts_at.isoformat(), row.id))


def coming_for(actor: Actor, limit: int) -> Sequence[Any]:
    """Return the events that come next."""
    return fetch(_coming(kind_of(actor)), _values(actor, limit=limit))


def coming_in_network(actor: Actor, network_id: int, limit: int) -> Sequence[Any]:
    """Return the events of a network that come next."""
    given = _values(actor, network=network_id, limit=limit)
    return fetch(_coming_in_network(kind_of(actor)), given)


def my_coming(actor: Actor, limit: int) -> Sequence[Any]:
    """Return the coming events where the actor has a place."""
    return fetch(_my_coming(kind_of(actor)), _values(actor, limit=limit))


def _values(actor: Actor, **more: Any) -> dict[str, Any]:
    """Return what a statement about events is asked with."""
    return {"viewer": actor.person_id, "now": clock.now(), **more}


@cache
def _listed(shape: Shape) -> Query:
    query = _rows(shape.kind).where(Event.ends_at <= NOW if shape.past else Event.ends_at > NOW)
    if shape.in_network:
        query = query.where(Network.slug == bindparam("slug"))
    if shape.goes_on:
        first = Event.starts_at < LAST_AT if shape.past else Event.starts_at > LAST_AT
        number = Event.id < LAST_ID if shape.past else Event.id > LAST_ID
        query = query.where(or_(first, and_(Event.starts_at == LAST_AT, number)))
    latest_first = (Event.starts_at.desc(), Event.id.desc())
    order = latest_first if shape.past else (Event.starts_at, Event.id)
    return query.order_by(*order).limit(PAGE_SIZE + 1)


@cache
def _coming(kind: Kind) -> Query:
    coming = _rows(kind).where(Event.ends_at > NOW).order_by(Event.starts_at, Event.id)
    return coming.limit(bindparam("limit", type_=Integer()))


@cache
def _coming_in_network(kind: Kind) -> Query:
    return _coming(kind).where(Event.network_id == bindparam("network"))


@cache
def _my_coming(kind: Kind) -> Query:
    return _coming(kind).where(Registration.id.is_not(None))


def _rows(kind: Kind) -> Query:
    """Select events as rows of a list; `mine` says whether the viewer has a place."""
    viewer = stand_in(kind)
    mine = and_(Registration.event_id == Event.id, is_my_place(viewer))
    rows: Query = select(*ROW).add_columns(Registration.id.is_not(None).label("mine"))
    networks = rows.select_from(Event).outerjoin(Network, Network.id == Event.network_id)
    return networks.outerjoin(Registration, mine).where(may_be_seen_by(viewer))
