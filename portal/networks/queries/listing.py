"""Lists of networks: a page of them, those in a filter, the industries they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, and_, bindparam, func, literal, null, select

from portal.kernel.actors import Actor
from portal.kernel.db import Query, fetch
from portal.kernel.ordering import (
    LAST_ID,
    LAST_KEY,
    beyond,
    last_values,
    sort_position,
)
from portal.kernel.paging import PAGE_SIZE, Page, page_of
from portal.kernel.viewing import VIEWER, Kind, kind_of, stand_in
from portal.networks.models import Membership, Network
from portal.networks.queries.belonging import my_network_ids
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


class Shape(NamedTuple):
    """All that decides how the list's statement is written."""

    kind: Kind
    by_industry: bool
    mine: bool
    goes_on: bool


def listed(actor: Actor, filters: Filters, after: str | None = None) -> tuple[Page[Any], int]:
    """Return a page of networks in Swedish order with the actor's part in each, and how many there
    are in all, counted up to MOST_COUNTED."""
    last = sort_position(after)
    shape = Shape(kind_of(actor), bool(filters.industry), filters.mine, last is not None)
    given = {"viewer": actor.person_id, "industry": filters.industry}
    rows = fetch(_listed(shape), given | last_values(last))
    return page_of(rows, lambda row: (row.sort_key.hex(), row.id)), rows[0].total if rows else 0


def industries_in_use(actor: Actor) -> list[str]:
    """Return the industries of the networks the actor may know of."""
    rows = fetch(_industries(kind_of(actor)), {"viewer": actor.person_id})
    return [row.industry for row in rows]


def named_for(actor: Actor) -> Sequence[Any]:
    """Return id, slug and name of the networks the actor may know of, for filters and choices."""
    return fetch(_named(kind_of(actor)), {"viewer": actor.person_id})


@cache
def _listed(shape: Shape) -> Query:
    fits = _fitting(shape)
    hits = select(literal(1).label("one")).select_from(Network).where(fits).limit(MOST_COUNTED + 1)
    counted = select(func.count()).select_from(hits.subquery()).scalar_subquery()
    query: Query = select(*ROW, counted.label("total"), *_my_part(shape.kind)).where(fits)
    if shape.kind != "visitor":
        mine = and_(
            Membership.network_id == Network.id,
            Membership.person_id == VIEWER,
            Membership.ended_at.is_(None),
        )
        query = query.outerjoin(Membership, mine)
    if shape.goes_on:
        query = query.where(beyond(Network.sort_key, Network.id, (LAST_KEY, LAST_ID)))
    return query.order_by(Network.sort_key, Network.id).limit(PAGE_SIZE + 1)


@cache
def _industries(kind: Kind) -> Query:
    seen = (may_be_seen_by(stand_in(kind)), Network.industry.is_not(None))
    return select(Network.industry).where(*seen).distinct()


@cache
def _named(kind: Kind) -> Query:
    query = select(Network.id, Network.slug, Network.name).where(may_be_seen_by(stand_in(kind)))
    return query.order_by(Network.sort_key, Network.id).limit(MOST_NAMED)


def _fitting(shape: Shape) -> ColumnElement[bool]:
    viewer = stand_in(shape.kind)
    fits = [may_be_seen_by(viewer)]
    if shape.by_industry:
        fits.append(Network.industry == bindparam("industry", type_=String()))
    if shape.mine:
        fits.append(Network.id.in_(my_network_ids(viewer)))
    return and_(*fits)


def _my_part(kind: Kind) -> tuple[Any, Any]:
    if kind == "visitor":
        return null().label("role"), null().label("began_at")
    return Membership.role, Membership.began_at
