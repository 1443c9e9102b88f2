"""Places at events, taken by four processes at once at the pace of a very popular event."""

import multiprocessing
import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.queues import Queue
from typing import Any

from portal.app import create_app
from portal.events.actions import take_place
from portal.events.models import Event
from portal.kernel.actors import Actor
from portal.kernel.db import session, unit_of_work

PROCESSES = 4
PER_SECOND = 400  # by all processes together
SECONDS = 4
EVENT = 300  # id of one that is still to come


@dataclass(frozen=True)
class Taken:
    """How it went."""

    places: int
    errors: int
    per_second: float
    p50: float
    p99: float
    longest: float


def take_places(database_url: str, people: int) -> Taken:
    """Let four processes take places at one event, each person one."""
    context = multiprocessing.get_context("spawn")
    results: Queue[Any] = context.Queue()
    each = min(PER_SECOND * SECONDS, people - 10) // PROCESSES
    begin_at = time.time() + 4
    processes = [
        context.Process(
            target=_take, args=(database_url, 10 + number * each, each, begin_at, results)
        )
        for number in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    reports = [results.get(timeout=120) for _process in processes]
    for process in processes:
        process.join()
    times = [taken for report in reports for taken in report["times"]]
    errors = sum(report["errors"] for report in reports)
    took = max(report["end"] for report in reports) - begin_at
    p99 = statistics.quantiles(times, n=100)[98]
    return Taken(len(times), errors, len(times) / took, statistics.median(times), p99, max(times))


def _take(url: str, first: int, count: int, begin_at: float, results: "Queue[Any]") -> None:
    app = create_app({"SECRET_KEY": "bench-" * 8, "DATABASE_URL": url})
    times, errors = [], 0
    with app.app_context():
        session().get_one(Event, EVENT)
        session().rollback()
        time.sleep(max(0.0, begin_at - time.time()))
        for number in range(count):
            pause = begin_at + number * PROCESSES / PER_SECOND - time.time()
            time.sleep(max(0.0, pause))
            begun = time.perf_counter()
            try:
                with unit_of_work():
                    event = session().get_one(Event, EVENT)
                    take_place(Actor(first + number, "Bench"), event, datetime.now(UTC))
                times.append((time.perf_counter() - begun) * 1000)
            except Exception:
                errors += 1
            session().expunge_all()
    results.put({"times": times, "errors": errors, "end": time.time()})
