"""Times: CPU of this process, of PostgreSQL's, and of the clock on the wall, side by side."""

import gc
import statistics
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import event

from portal.kernel.db import db

K = TypeVar("K", bound=Hashable)
WARM_UP = 15


@dataclass
class Times:
    """Milliseconds of one page, a number for each request."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    @property
    def cpu_median(self) -> float:
        return statistics.median(self.cpu)

    @property
    def p50(self) -> float:
        return statistics.median(self.wall)

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.wall, n=100)[98]


def measured(calls: Mapping[K, Callable[[], object]], rounds: int, each: int) -> dict[K, Times]:
    """Time every call, a few requests at a time in turn, so that all meet the same machine."""
    times = {name: Times() for name in calls}
    for call in calls.values():
        for _turn in range(WARM_UP):
            call()
    gc.collect()
    for _round in range(rounds):
        for name, call in calls.items():
            kept = times[name]
            call()  # what the one before left in the caches is not this one's to pay for
            for _turn in range(each):
                cpu, wall = time.process_time_ns(), time.perf_counter_ns()
                call()
                kept.wall.append((time.perf_counter_ns() - wall) / 1e6)
                kept.cpu.append((time.process_time_ns() - cpu) / 1e6)
    return times


@dataclass(frozen=True)
class Statement:
    """One statement as it was sent."""

    sql: str
    values: Any


@contextmanager
def statements(app: Flask) -> Iterator[list[Statement]]:
    """Collect what is sent to the database."""
    sent: list[Statement] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_rest: Any) -> None:
        if not sql.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            sent.append(Statement(sql, values))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def database_time(app: Flask, sent: list[Statement], turns: int = 40) -> float:
    """Time the statements alone, through the bare driver: median milliseconds of all together."""
    taken = []
    with app.app_context(), db.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        cursor = driver.cursor()
        for _turn in range(turns):
            begun = time.perf_counter_ns()
            for statement in sent:
                cursor.execute(statement.sql, statement.values)
                cursor.fetchall()
            taken.append((time.perf_counter_ns() - begun) / 1e6)
        driver.rollback()
    return statistics.median(taken)
