"""The queries of the list, each built once: newest first or by deadline, along an index, by keyset."""

from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    bindparam,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

from portal.kernel.db import Query, UTCDateTime
from portal.kernel.paging import PAGE_SIZE
from portal.kernel.search import Step, counted
from portal.kernel.viewing import Kind
from portal.openings.models import Opening, opening_index
from portal.openings.queries.rows import ROW, is_saved
from portal.openings.queries.visible import AT, is_open, may_be_seen_by

MOST_COUNTED = 100
# Sorting all hits by deadline would cost as many rows as there are hits; the newest are enough.
MOST_SORTED = 200
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
FETCHED = PAGE_SIZE + 1
ANY = "any_question"

# Where the page before ended.
LAST_POSITION = bindparam("last_position", type_=BigInteger())
LAST_DEADLINE = bindparam("last_deadline", type_=UTCDateTime())


class Shape(NamedTuple):
    """All that decides how a list's query is written; there are only a few."""

    kind: Kind
    questions: int  # 0: every opening, 1: hits, 2: hits and then compounds
    by_deadline: bool
    sqlite: bool
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
def listed(shape: Shape) -> Query:
    """Build the query of a list; each row says its part of the list and how many hits there are."""
    steps = (_by_deadline if shape.by_deadline else _newest)(shape)
    rows = union_all(*(select(step) for step in steps)).subquery()
    order = (rows.c.part, rows.c.first, rows.c.second)
    return select(rows, _count(shape, steps).label("count")).order_by(*order).limit(FETCHED)


def _newest(shape: Shape) -> list[CTE]:
    """Take each kind of hit along the index, so that none is sorted that is not shown."""
    steps: list[CTE] = []
    for part in range(shape.goes_on_in or 0, shape.parts):
        rows = _rows(shape, part, literal_column("0"), -Opening.position)
        before = LAST_POSITION if part == shape.goes_on_in else None
        if shape.questions:
            counted = MOST_COUNTED + 1 if shape.goes_on_in is None else None
            step = Step(question(part), FETCHED, before, tuple(steps), counted)
            steps += opening_index.newest(rows, Opening.position, step)
            continue
        rows = rows if before is None else rows.where(Opening.position < before)
        steps.append(rows.order_by(Opening.position.desc()).limit(FETCHED).cte("newest"))
    return steps


def _by_deadline(shape: Shape) -> list[CTE]:
    return [_sorted(shape)] if shape.questions else _dated_first(shape)[shape.goes_on_in or 0 :]


def _dated_first(shape: Shape) -> list[CTE]:
    """Take those with a deadline along its index, then those without one, newest first."""
    dated = _rows(shape, 0, Opening.expires_at, Opening.position).where(Opening.expires_at > AT)
    undated = _rows(shape, 1, literal(NEVER, UTCDateTime()), -Opening.position)
    undated = undated.where(Opening.expires_at.is_(None))
    if shape.goes_on_in == 0:
        later = or_(Opening.expires_at > LAST_DEADLINE, Opening.position > LAST_POSITION)
        dated = dated.where(Opening.expires_at >= LAST_DEADLINE, later)
    if shape.goes_on_in == 1:
        undated = undated.where(Opening.position < LAST_POSITION)
    dated = dated.order_by(Opening.expires_at, Opening.position)
    undated = undated.order_by(Opening.position.desc())
    return [dated.limit(FETCHED).cte("dated"), undated.limit(FETCHED).cte("undated")]


def _sorted(shape: Shape) -> CTE:
    """Sort the newest hits of a search by deadline."""
    open_ones = select(Opening.id).where(is_open(), may_be_seen_by(shape.kind))
    steps = opening_index.newest(open_ones, Opening.position, Step(ANY, MOST_SORTED))
    newest = union_all(*(select(step.c.id) for step in steps))
    deadline: Any = func.coalesce(Opening.expires_at, literal(NEVER, UTCDateTime()))
    rows = _rows(shape, 0, deadline, Opening.position).where(Opening.id.in_(newest))
    if shape.goes_on_in is not None:
        same = (deadline == LAST_DEADLINE) & (Opening.position > LAST_POSITION)
        rows = rows.where(or_(deadline > LAST_DEADLINE, same))
    return rows.order_by(deadline, Opening.position).limit(FETCHED).cte("sorted")


def _rows(shape: Shape, part: int, *order: Any) -> Query:
    first, second = order
    saved = literal_column("0") if shape.kind == "visitor" else is_saved()
    number: Any = literal_column(str(part)).label("part")
    columns = (*ROW, saved.label("saved"), number, first.label("first"), second.label("second"))
    return select(*columns).where(is_open(), may_be_seen_by(shape.kind))


def _count(shape: Shape, steps: list[CTE]) -> ColumnElement[int]:
    """Count the hits, no further than the page would say; later pages have it in their cursor."""
    if shape.goes_on_in is not None:
        return literal_column("0")
    hits: Query = select(literal_column("1").label("one"))
    hits = hits.where(is_open(), may_be_seen_by(shape.kind))
    if shape.questions:
        asked = opening_index.asked(hits, Opening.position, ANY)
        return opening_index.counted(asked, MOST_COUNTED + 1, steps[0])
    return counted(hits, MOST_COUNTED + 1)
