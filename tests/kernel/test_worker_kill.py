"""A worker is killed in the middle of its work (kill -9), and nothing is lost or done twice."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import FactRow, record
from portal.kernel.jobs import Job, enqueue
from tests.support.databases import Database
from tests.support.slow_worker import BellRung, first, second
from tests.support.workers import LONG_LEASE, Workers, until, working

PROGRAM = "from tests.support.slow_worker import main; main()"
SUBSCRIBERS = {f"{one.__module__}.{one.__name__}": one for one in (first, second)}


@pytest.fixture
def workers(portal: Flask, database: Database, tmp_path: Path) -> Iterator[Workers]:
    with working(PROGRAM, database, tmp_path) as started:
        yield started


def all_done() -> bool:
    session().rollback()
    return session().scalars(select(Job.id).where(Job.done_at.is_(None)).limit(1)).first() is None


def traces() -> Counter[tuple[int, int]]:
    """Count what was done, by step and turn."""
    session().rollback()
    left = session().scalars(select(FactRow.body).where(FactRow.name == "TraceLeft"))
    return Counter((body["step_id"], body["turn_id"]) for body in left)


def attempts(name: str) -> set[int]:
    return set(session().scalars(select(Job.attempts).where(Job.name == name)))


def ask(name: str, count: int = 1) -> None:
    with unit_of_work():
        for number in range(count):
            enqueue(name, {"number": number}, run_at=datetime.now(UTC))


def test_a_job_that_was_killed_is_done_once(workers: Workers) -> None:
    ask("test.slow")
    workers.kill_when("slow")
    assert traces() == {}
    workers.start()
    until(all_done)
    assert traces() == {(1, 0): 1}
    assert attempts("test.slow") == {2}


def test_what_no_transaction_can_undo_is_done_at_least_once(workers: Workers) -> None:
    ask("test.outside")
    workers.kill_when("outside")
    workers.start()
    until(all_done)
    assert (workers.folder / "outside.txt").read_text().splitlines() == ["0", "0"]


def test_each_subscriber_hears_once_of_a_fact_though_the_worker_was_killed(
    workers: Workers,
) -> None:
    with unit_of_work():
        record(BellRung(bell_id=1), datetime.now(UTC))
    told = {row.args["subscriber"] for row in session().scalars(select(Job))}
    assert told == SUBSCRIBERS.keys()
    workers.kill_when("first")
    workers.start()
    until(all_done)
    assert traces() == {(11, 1): 1, (12, 1): 1}


def test_four_workers_do_two_hundred_jobs_once_each(workers: Workers) -> None:
    ask("test.quick", 200)
    for _worker in range(4):
        workers.start(LONG_LEASE)
    until(lambda: len(list(workers.folder.glob("ready-*"))) == 4)
    until(all_done)
    assert traces() == {(1, number): 1 for number in range(200)}
    assert attempts("test.quick") == {1}
    assert not any(session().scalars(select(Job.error)))
