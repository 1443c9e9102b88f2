"""Lists of networks: a page of them, those in a filter, the industries they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, null, select

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.paging import PAGE_SIZE, Page, page_of
from portal.networks.models import Membership, Network
from portal.networks.queries.belonging import my_network_ids
from portal.networks.queries.ordering import beyond, sort_position
from portal.networks.queries.visible import may_be_seen_by

MOST_COUNTED = 1000
MOST_NAMED = 200
ROW = (
    Network.id,
    Network.slug,
    Network.name,
    Network.summary,
    Network.industry,
    Network.admission,
    Network.member_count,
    Network.sort_key,
)


@dataclass(frozen=True)
class Filters:
    """What somebody looks for among networks."""

    industry: str | None = None
    mine: bool = False


def listed(actor: Actor, filters: Filters, after: str | None = None) -> tuple[Page[Any], int]:
    """Return a page of networks in Swedish order with the actor's part in each, and how many there
    are in all, counted up to MOST_COUNTED."""
    fits = _fitting(actor, filters)
    hits = select(literal(1).label("one")).select_from(Network).where(fits).limit(MOST_COUNTED + 1)
    counted = select(func.count()).select_from(hits.subquery()).scalar_subquery()
    query = select(*ROW, counted.label("total"), *_my_part(actor)).where(fits)
    if actor.is_signed_in:
        mine = and_(
            Membership.network_id == Network.id,
            Membership.person_id == actor.person_id,
            Membership.ended_at.is_(None),
        )
        query = query.outerjoin(Membership, mine)
    if key := sort_position(after):
        query = query.where(beyond(Network.sort_key, Network.id, key))
    query = query.order_by(Network.sort_key, Network.id).limit(PAGE_SIZE + 1)
    rows = session().execute(query).all()
    return page_of(rows, lambda row: (row.sort_key.hex(), row.id)), rows[0].total if rows else 0


def industries_in_use(actor: Actor) -> list[str]:
    """Return the industries of the networks the actor may know of."""
    query = select(Network.industry).where(may_be_seen_by(actor), Network.industry.is_not(None))
    return [code for code in session().scalars(query.distinct()) if code]


def named_for(actor: Actor) -> Sequence[Any]:
    """Return id, slug and name of the networks the actor may know of, for filters and choices."""
    query = select(Network.id, Network.slug, Network.name).where(may_be_seen_by(actor))
    return session().execute(query.order_by(Network.sort_key, Network.id).limit(MOST_NAMED)).all()


def _fitting(actor: Actor, filters: Filters) -> ColumnElement[bool]:
    fits = [may_be_seen_by(actor)]
    if filters.industry:
        fits.append(Network.industry == filters.industry)
    if filters.mine:
        fits.append(Network.id.in_(my_network_ids(actor)))
    return and_(*fits)


def _my_part(actor: Actor) -> tuple[Any, Any]:
    if not actor.is_signed_in:
        return null().label("role"), null().label("began_at")
    return Membership.role, Membership.began_at
