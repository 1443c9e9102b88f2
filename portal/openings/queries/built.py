"""The queries of the list, each built once: newest first or by deadline, along an index, by keyset."""

from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    bindparam,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

from portal.kernel.db import UTCDateTime
from portal.kernel.paging import PAGE_SIZE
from portal.openings.models import Opening, opening_index
from portal.openings.queries.rows import ROW, is_saved
from portal.openings.queries.visible import AT, Kind, is_open, may_be_seen_by

MOST_COUNTED = 100
# Sorting all hits by deadline would cost as many rows as there are hits; the newest are enough.
MOST_SORTED = 300
NEVER = datetime(9999, 1, 1, tzinfo=UTC)

# Where the page before ended.
LAST_POSITION = bindparam("last_position", type_=BigInteger())
LAST_DEADLINE = bindparam("last_deadline", type_=UTCDateTime())
ANY = "any_question"


class Shape(NamedTuple):
    """All that decides how a list's query is written; there are only a few."""

    kind: Kind
    questions: int  # 0: every opening, 1: hits, 2: hits and then compounds
    by_deadline: bool
    goes_on_in: int | None = None  # the part of the list in which the page before ended

    @property
    def parts(self) -> int:
        if self.by_deadline:
            return 1 if self.questions else 2
        return max(1, self.questions)


def question(part: int) -> str:
    """Name the parameter that holds the question of a part."""
    return f"question{part}"


@cache
def listed(shape: Shape) -> Select[Any]:
    """Build the query of a list; each row says its part of the list and how many hits there are."""
    if not shape.by_deadline:
        parts = _newest(shape)
    else:
        parts = _sorted(shape) if shape.questions else _dated_first(shape)
    parts = [part.limit(PAGE_SIZE + 1) for part in parts[shape.goes_on_in or 0 :]]
    rows = union_all(*(select(part.subquery()) for part in parts)).subquery()
    order = (rows.c.part, rows.c.first, rows.c.second)
    return select(rows, _count(shape).label("count")).order_by(*order).limit(PAGE_SIZE + 1)


def _newest(shape: Shape) -> list[Select[Any]]:
    """Take each kind of hit from its own index scan, so that none is sorted that is not shown."""
    number: Any = opening_index.number if shape.questions else Opening.position
    parts = []
    for part in range(shape.parts):
        query = _part(shape, part, literal_column("0"), -Opening.position)
        if shape.questions:
            query = opening_index.asked(query, Opening.position, question(part))
        if part == shape.goes_on_in:
            query = query.where(number < LAST_POSITION)
        parts.append(query.order_by(number.desc()))
    return parts


def _dated_first(shape: Shape) -> list[Select[Any]]:
    """Take those with a deadline along its index, then those without one, newest first."""
    dated = _part(shape, 0, Opening.expires_at, Opening.position).where(Opening.expires_at > AT)
    undated = _part(shape, 1, literal(NEVER, UTCDateTime()), -Opening.position)
    undated = undated.where(Opening.expires_at.is_(None))
    if shape.goes_on_in == 0:
        dated = dated.where(
            Opening.expires_at >= LAST_DEADLINE,
            or_(Opening.expires_at > LAST_DEADLINE, Opening.position > LAST_POSITION),
        )
    if shape.goes_on_in == 1:
        undated = undated.where(Opening.position < LAST_POSITION)
    return [
        dated.order_by(Opening.expires_at, Opening.position),
        undated.order_by(Opening.position.desc()),
    ]


def _sorted(shape: Shape) -> list[Select[Any]]:
    """Sort the newest hits of a search by deadline."""
    newest = opening_index.asked(select(Opening.id), Opening.position, ANY)
    newest = newest.where(is_open(), may_be_seen_by(shape.kind))
    newest = newest.order_by(opening_index.number.desc()).limit(MOST_SORTED)
    deadline: Any = func.coalesce(Opening.expires_at, literal(NEVER, UTCDateTime()))
    query = _part(shape, 0, deadline, Opening.position)
    query = query.where(Opening.id.in_(select(newest.subquery().c.id)))
    if shape.goes_on_in is not None:
        same = (deadline == LAST_DEADLINE) & (Opening.position > LAST_POSITION)
        query = query.where(or_(deadline > LAST_DEADLINE, same))
    return [query.order_by(deadline, Opening.position)]


def _part(shape: Shape, number: int, *order: ColumnElement[Any]) -> Select[Any]:
    first, second = (column.label(name) for column, name in zip(order, ("first", "second")))
    saved = literal_column("0") if shape.kind == "visitor" else is_saved()
    part = literal_column(str(number)).label("part")
    query = select(*ROW, saved.label("saved"), part, first, second)
    return query.where(is_open(), may_be_seen_by(shape.kind))


def _count(shape: Shape) -> ColumnElement[int]:
    """Count the hits, no further than the page would say."""
    hits = select(literal_column("1").label("one"))
    if shape.questions:
        hits = opening_index.asked(hits, Opening.position, ANY)
    else:
        hits = hits.select_from(Opening)
    hits = hits.where(is_open(), may_be_seen_by(shape.kind)).limit(MOST_COUNTED + 1)
    return select(func.count()).select_from(hits.subquery()).scalar_subquery()
