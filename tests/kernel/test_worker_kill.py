"""A worker is killed in the middle of its work (kill -9), and nothing is lost or done twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
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

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds
SHORT_LEASE, LONG_LEASE = 1.5, 60.0  # seconds
PROGRAM = "from tests.support.slow_worker import main; main()"
SUBSCRIBERS = {f"{one.__module__}.{one.__name__}": one for one in (first, second)}


class Workers:
    """Starts worker processes, and sees to it that none is left."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder = folder
        self.environment = os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, lease: float) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", PROGRAM, str(lease), str(self.folder)]
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        self.processes.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        process.send_signal(signal.SIGKILL)
        assert process.wait(10) == -signal.SIGKILL

    def kill_when(self, reached: str) -> None:
        """Start a worker that rests in the middle of its job, and kill it there."""
        (self.folder / "rest").touch()
        process = self.start(SHORT_LEASE)
        until((self.folder / f"reached-{reached}").exists)
        self.kill(process)
        (self.folder / "rest").unlink()


@pytest.fixture
def workers(portal: Flask, database: Database, tmp_path: Path) -> Iterator[Workers]:
    started = Workers(database.url, tmp_path)
    yield started
    for process in started.processes:
        if process.poll() is None:
            process.kill()
        process.wait(10)


def until(reached: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < limit, "the worker did not get there"
        time.sleep(0.05)


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
    workers.start(SHORT_LEASE)
    until(all_done)
    assert traces() == {(1, 0): 1}
    assert attempts("test.slow") == {2}


def test_what_no_transaction_can_undo_is_done_at_least_once(workers: Workers) -> None:
    ask("test.outside")
    workers.kill_when("outside")
    workers.start(SHORT_LEASE)
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
    workers.start(SHORT_LEASE)
    until(all_done)
    assert traces() == {(11, 1): 1, (12, 1): 1}


def test_four_workers_do_two_hundred_jobs_once_each(workers: Workers) -> None:
    ask("test.quick", 200)
    processes = [workers.start(LONG_LEASE) for _ in range(4)]
    until(lambda: len(list(workers.folder.glob("ready-*"))) == len(processes))
    until(all_done)
    assert traces() == {(1, number): 1 for number in range(200)}
    assert attempts("test.quick") == {1}
    assert not any(session().scalars(select(Job.error)))
