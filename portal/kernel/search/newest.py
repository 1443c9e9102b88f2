"""The newest hits of a question, found without sorting all hits, be the word rare or common.

FTS5 gives hits in the order of their numbers. PostgreSQL's index can't: a rare word is found by it,
a common one by reading the newest entries, and which one a word is the planner guesses badly. So
both ways are taken in turn: the newest WINDOW entries, then the index if those held too few hits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    TableClause,
    case,
    func,
    literal,
    literal_column,
    select,
)

from portal.kernel.db import Query
from portal.kernel.search.fitting import fits

WINDOW = 2000
NOTHING = literal('""')


@dataclass(frozen=True)
class Step:
    """One look for hits: how many are enough, below which number, after which other steps.

    A step that has its hits at hand may find up to `counted`, so that they need not be counted.
    """

    name: str
    most: int
    before: Any = None
    earlier: Sequence[CTE] = ()
    counted: int | None = None

    def below(self, number: Any) -> list[ColumnElement[bool]]:
        return [] if self.before is None else [number < self.before]


def joined(table: TableClause) -> ColumnElement[int]:
    """Return an index's number, to be joined with the one of another table."""
    # The sign keeps SQLite from asking the index once per row of the other table.
    return literal_column(f"+{table.name}.rowid", BigInteger)


def in_order(table: TableClause, query: Query, number: Any, step: Step, question: Any) -> list[CTE]:
    """Take the hits as FTS5 gives them."""
    few = _too_few(step.earlier, step.most)
    # FTS5 looks for its first hit before it is told that none is wanted: then it is asked nothing.
    wanted = case((few[0], question), else_=NOTHING) if few else question
    found = query.select_from(table).join(number.table, number == joined(table))
    found = found.where(fits(table.c.terms, wanted), *step.below(table.c.rowid))
    return [found.order_by(table.c.rowid.desc()).limit(step.most).cte(step.name)]


def window_then_index(
    table: TableClause, query: Query, number: Any, step: Step, question: Any
) -> list[CTE]:
    """Take the hits among PostgreSQL's newest entries, then from its index."""
    newest = _window(table).where(*_too_few(step.earlier, step.most), *step.below(table.c.rowid))
    near = _near(newest, query, number, question)
    nearest = near.limit(step.counted or step.most).cte(f"{step.name}_near")

    edge = select(func.min(newest.subquery().c.rowid)).scalar_subquery()
    # The sum keeps the planner from walking the primary key instead of asking the index.
    place = (table.c.rowid + 0).label("place")
    hits = select(place).where(fits(table.c.terms, question), place < edge)
    hits = hits.where(*_too_few([*step.earlier, nearest], step.most))
    rest = hits.order_by(place.desc()).subquery()
    far = query.select_from(rest).join(number.table, number == rest.c.place)
    farthest = far.order_by(rest.c.place.desc()).limit(step.most).cte(f"{step.name}_far")
    return [nearest, farthest]


def counted(hits: Query, most: int) -> ColumnElement[int]:
    """Count hits, but no further than `most`."""
    return select(func.count()).select_from(hits.limit(most).subquery()).scalar_subquery()


def counted_after(step: CTE, hits: Query, most: int) -> ColumnElement[int]:
    """Count hits, but no further than `most`, unless a step has found as many already."""
    near = select(func.count()).select_from(step).scalar_subquery()
    return case((near >= most, most), else_=counted(hits, most))


def _window(table: TableClause) -> Query:
    newest = select(table.c.rowid, table.c.terms).order_by(table.c.rowid.desc())
    return newest.limit(WINDOW)


def _near(newest: Query, query: Query, number: Any, question: Any) -> Query:
    window = newest.subquery()
    near = query.select_from(window).join(number.table, number == window.c.rowid)
    return near.where(fits(window.c.terms, question)).order_by(window.c.rowid.desc())


def _too_few(steps: Sequence[CTE], most: int) -> list[ColumnElement[bool]]:
    """Say that these steps have found fewer than `most` rows."""
    if not steps:
        return []
    found = [select(func.count()).select_from(step).scalar_subquery() for step in steps]
    return [sum(found[1:], found[0]) < most]
