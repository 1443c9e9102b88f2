"""Lists of events: a page of coming or past ones, and the few that come next somewhere."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select

from portal.events.models import Event, Registration
from portal.events.queries.visible import is_my_place, may_be_seen_by
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.paging import PAGE_SIZE, Page, decode, instant, page_of
from portal.networks.models import Network

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


def _rows(actor: Actor) -> Select[Any]:
    """Select events as rows of a list; `mine` says whether the actor has a place."""
    mine = and_(Registration.event_id == Event.id, is_my_place(actor))
    rows: Select[Any] = select(*ROW).add_columns(Registration.id.is_not(None).label("mine"))
    networks = rows.select_from(Event).outerjoin(Network, Network.id == Event.network_id)
    return networks.outerjoin(Registration, mine).where(may_be_seen_by(actor))


def _coming(query: Select[Any], limit: int) -> Sequence[Any]:
    coming = query.where(Event.ends_at > clock.now()).order_by(Event.starts_at, Event.id)
    return session().execute(coming.limit(limit)).all()


def _position(after: str | None) -> tuple[datetime, int] | None:
    key = decode(after, str, int)
    return (instant(key[0]), key[1]) if key else None
