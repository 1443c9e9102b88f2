"""The newest hits of a question, found without sorting all hits, whether the word is rare or common.

FTS5 gives hits in the order of their numbers. PostgreSQL's index can't: a rare word is found by it,
a common one by reading the newest entries. Which one a word is, the planner guesses badly, so both
ways are taken in turn: first the newest WINDOW entries, then the index if those held too few.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Select,
    String,
    TableClause,
    and_,
    bindparam,
    func,
    select,
)

from portal.kernel.search.fitting import fits

WINDOW = 3000


def asked(
    table: TableClause, query: Select[Any], number: ColumnElement[int], name: str
) -> Select[Any]:
    """Narrow a query to the rows whose `number` is a hit of the question `name`."""
    joined = query.select_from(table).join(number.table, number == _unindexed(table))
    return joined.where(_fits(table, name))


def steps(
    table: TableClause,
    query: Select[Any],
    number: ColumnElement[int],
    name: str,
    *,
    most: int,
    before: ColumnElement[int] | None,
    earlier: Sequence[CTE],
    sqlite: bool,
) -> list[CTE]:
    """Return the steps that find the newest hits; each looks only if those before found too few."""
    if sqlite:
        found = asked(table, query, number, name).order_by(table.c.rowid.desc())
        found = found if before is None else found.where(table.c.rowid < before)
        return [found.where(*too_few(earlier, most)).limit(most).cte(name)]
    newest = select(table.c.rowid, table.c.terms).order_by(table.c.rowid.desc()).limit(WINDOW)
    newest = newest if before is None else newest.where(table.c.rowid < before)
    window = newest.where(*too_few(earlier, most)).subquery()
    near = query.select_from(window).join(number.table, number == window.c.rowid)
    near = near.where(_fits(window, name)).order_by(window.c.rowid.desc())
    near_step = near.limit(most).cte(f"{name}_near")
    edge = select(newest.subquery().c.rowid).order_by("rowid").limit(1).scalar_subquery()
    hits = select(table.c.rowid).where(_fits(table, name), table.c.rowid < edge)
    hits = hits.where(*too_few([*earlier, near_step], most))
    # The sum keeps the planner from walking the primary key instead of asking the index.
    rest = hits.order_by((table.c.rowid + 0).desc()).subquery()
    far = query.select_from(rest).join(number.table, number == rest.c.rowid)
    return [near_step, far.order_by(rest.c.rowid.desc()).limit(most).cte(f"{name}_far")]


def too_few(steps: Sequence[CTE], most: int) -> list[ColumnElement[bool]]:
    """Say that these steps have found fewer than `most` rows."""
    if not steps:
        return []
    found = [select(func.count()).select_from(step).scalar_subquery() for step in steps]
    return [sum(found[1:], found[0]) < most]


def _fits(table: Any, name: str) -> ColumnElement[bool]:
    return fits(table.c.terms, bindparam(name, type_=String()))


def _unindexed(table: TableClause) -> ColumnElement[int]:
    """Return the row number so that SQLite does not ask the index once per row of the other table."""
    return +table.c.rowid
