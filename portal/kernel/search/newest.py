"""The newest hits of a question, found without sorting all hits, be the word rare or common.

FTS5 gives hits in the order of their numbers. PostgreSQL's index can't: a rare word is found by it,
a common one by reading the newest entries, and which one a word is the planner guesses badly. So
both ways are taken in turn: the newest WINDOW entries, then the index if those held too few hits.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, TableClause, case, func, select

from portal.kernel.search.fitting import fits

WINDOW = 3000


def in_order(asked: Select[Any], number: ColumnElement[int], step: "Step") -> list[CTE]:
    """Take the hits as FTS5 gives them."""
    found = step.narrowed(asked, number).order_by(number.desc())
    return [found.limit(step.most).cte(step.name)]


def window_then_index(
    table: TableClause, query: Select[Any], number: ColumnElement[int], step: "Step", question: Any
) -> list[CTE]:
    """Take the hits among PostgreSQL's newest entries, then from its index."""
    newest = step.narrowed(_window(table), table.c.rowid)
    near = _near(newest, query, number, question)
    nearest = near.limit(step.most).cte(f"{step.name}_near")

    edge = select(func.min(newest.subquery().c.rowid)).scalar_subquery()
    hits = select(table.c.rowid).where(fits(table.c.terms, question), table.c.rowid < edge)
    hits = hits.where(*too_few([*step.earlier, nearest], step.most))
    # The sum keeps the planner from walking the primary key instead of asking the index.
    rest = hits.order_by((table.c.rowid + 0).desc()).subquery()
    far = query.select_from(rest).join(number.table, number == rest.c.rowid)
    farthest = far.order_by(rest.c.rowid.desc()).limit(step.most).cte(f"{step.name}_far")
    return [nearest, farthest]


def counted(hits: Select[Any], most: int) -> ColumnElement[int]:
    """Count hits, but no further than `most`."""
    return select(func.count()).select_from(hits.limit(most).subquery()).scalar_subquery()


def counted_by_window(
    table: TableClause, query: Select[Any], number: ColumnElement[int], question: Any, most: int
) -> ColumnElement[int]:
    """Count hits, but no further than `most`; only for a rare word the index is asked."""
    near = counted(_near(_window(table), query, number, question), most)
    every = query.select_from(table).join(number.table, number == table.c.rowid)
    return case((near >= most, most), else_=counted(every.where(fits(table.c.terms, question)), most))


def _window(table: TableClause) -> Select[Any]:
    newest = select(table.c.rowid, table.c.terms).order_by(table.c.rowid.desc())
    return newest.limit(WINDOW)


def _near(
    newest: Select[Any], query: Select[Any], number: ColumnElement[int], question: Any
) -> Select[Any]:
    window = newest.subquery()
    near = query.select_from(window).join(number.table, number == window.c.rowid)
    return near.where(fits(window.c.terms, question)).order_by(window.c.rowid.desc())


def too_few(steps: Sequence[CTE], most: int) -> list[ColumnElement[bool]]:
    """Say that these steps have found fewer than `most` rows."""
    if not steps:
        return []
    found = [select(func.count()).select_from(step).scalar_subquery() for step in steps]
    return [sum(found[1:], found[0]) < most]


class Step:
    """One look for hits: at most how many, below which number, and only if the earlier were few."""

    def __init__(
        self, name: str, most: int, before: Any = None, earlier: Sequence[CTE] = ()
    ) -> None:
        self.name, self.most, self.before, self.earlier = name, most, before, earlier

    def narrowed(self, query: Select[Any], number: ColumnElement[int]) -> Select[Any]:
        query = query.where(*too_few(self.earlier, self.most))
        return query if self.before is None else query.where(number < self.before)
