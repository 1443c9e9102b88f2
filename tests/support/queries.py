"""Counts the statements that reach the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from portal.kernel.db import db


class QueryCount:
    """Use as `with count_queries() as count:`; `count.statements` holds what was sent."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    @property
    def total(self) -> int:
        return len(self.statements)

    @contextmanager
    def __call__(self) -> Iterator["QueryCount"]:
        self.statements = []
        engine = db.engine

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
                self.statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield self
        finally:
            event.remove(engine, "before_cursor_execute", note)


@contextmanager
def explained() -> Iterator[list[str]]:
    """Collect the plan of each query that is sent; PostgreSQL is told to avoid whole tables."""
    engine, plans = db.engine, list[str]()

    def note(_connection: Any, cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if not statement.startswith(("SELECT", "WITH")):
            return
        if engine.dialect.name == "sqlite":
            plan = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            plans.append("\n".join(row[3] for row in plan))
            return
        other = cursor.connection.cursor()
        other.execute("SET LOCAL enable_seqscan = off")
        other.execute(f"EXPLAIN {statement}", values)
        plans.append("\n".join(row[0] for row in other.fetchall()))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield plans
    finally:
        event.remove(engine, "before_cursor_execute", note)
