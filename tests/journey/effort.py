"""How much a database did for what it was asked: a number that no clock disturbs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from portal.kernel.db import db

STEP = 50  # instructions of SQLite's machine between two counts
READ = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")


@contextmanager
def effort_of(table: str) -> Iterator[list[int]]:
    """Collect, for each query that reads `table`: SQLite's instructions, PostgreSQL's rows read."""
    spent: list[int] = []

    def before(connection: Any, cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if table not in statement or not statement.startswith(("SELECT", "WITH")):
            return
        if connection.dialect.name == "sqlite":
            spent.append(_instructions(cursor.connection, statement, values))
        else:
            other = cursor.connection.cursor()
            other.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values)
            spent.append(_rows(other.fetchone()[0][0]["Plan"]))

    event.listen(db.engine, "before_cursor_execute", before)
    try:
        yield spent
    finally:
        event.remove(db.engine, "before_cursor_execute", before)


def _instructions(connection: Any, statement: str, values: Any) -> int:
    counted = [0]

    def count() -> int:
        counted[0] += STEP
        return 0

    connection.set_progress_handler(count, STEP)
    connection.execute(statement, values).fetchall()
    connection.set_progress_handler(None, STEP)
    return counted[0]


def _rows(plan: dict[str, Any] | str) -> int:
    if isinstance(plan, str):
        return _rows(json.loads(plan))
    scanned = "Scan" in plan["Node Type"]
    mine = sum(plan.get(name, 0) for name in READ) * plan["Actual Loops"] if scanned else 0
    return int(mine) + sum(_rows(part) for part in plan.get("Plans", ()))
