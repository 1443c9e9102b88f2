"""Short lists of openings, the newest and a network's; what a row of any list holds."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, literal, select

from portal.kernel.actors import Actor
from portal.kernel.db import Query, fetch
from portal.kernel.viewing import VIEWER, Kind, kind_of
from portal.openings.models import Opening, OpeningNetwork, SavedOpening
from portal.openings.queries.visible import is_open, may_be_seen_by, values

ROW = (
    Opening.id,
    Opening.slug,
    Opening.title,
    Opening.company,
    Opening.place_text,
    Opening.remote,
    Opening.forms,
    Opening.published_at,
    Opening.expires_at,
    Opening.position,
)
LIMIT = bindparam("limit", type_=Integer())


def latest(actor: Actor, at: datetime, limit: int) -> Sequence[Any]:
    """Return the newest open openings."""
    return fetch(_latest(kind_of(actor)), values(actor, at, limit=limit))


def in_network(network_id: int, actor: Actor, at: datetime, limit: int) -> Sequence[Any]:
    """Return the newest open openings shown in a network."""
    given = values(actor, at, limit=limit, network_id=network_id)
    return fetch(_in_network(kind_of(actor)), given)


def is_saved() -> ColumnElement[bool]:
    """Say that the viewer has saved an opening."""
    mine = (SavedOpening.opening_id == Opening.id) & (SavedOpening.person_id == VIEWER)
    return select(literal(1)).where(mine).exists()


@cache
def _latest(kind: Kind) -> Query:
    query = select(*ROW).where(is_open(), may_be_seen_by(kind))
    return query.order_by(Opening.position.desc()).limit(LIMIT)


@cache
def _in_network(kind: Kind) -> Query:
    joined = _latest(kind).join(OpeningNetwork, OpeningNetwork.opening_id == Opening.id)
    return joined.where(OpeningNetwork.network_id == bindparam("network_id"))
