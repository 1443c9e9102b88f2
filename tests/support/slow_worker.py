"""A worker as a process of its own, whose jobs leave traces and can be slow enough to be killed.

`main()`, given a lease in seconds and a folder as arguments, works until it is killed, on the
database of DATABASE_URL. What a job has done stands in the facts it writes (in its transaction), and what
it did outside of any stands in files in FOLDER.
"""

import os
import sys
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from portal.app import create_app
from portal.kernel import clock, jobs, worker
from portal.kernel.facts import Fact, on, record

FOLDER = Path(sys.argv[2] if len(sys.argv) > 2 else ".")


@dataclass(frozen=True)
class BellRung(Fact):
    """A bell was rung, and two are to hear of it."""

    bell_id: int


@dataclass(frozen=True)
class TraceLeft(Fact):
    """Something was done: `step_id` says what, `turn_id` in which turn."""

    step_id: int
    turn_id: int


@jobs.job("test.slow")
def slow(number: int) -> None:
    """Write, then rest long enough to be killed, once; quick the second time."""
    record(TraceLeft(1, number), clock.now())
    rest("slow")


@jobs.job("test.quick")
def quick(number: int) -> None:
    record(TraceLeft(1, number), clock.now())


@jobs.job("test.outside", outside=True)
def outside(number: int) -> None:
    """Do something that no transaction can undo, then rest."""
    with (FOLDER / "outside.txt").open("a") as file:
        file.write(f"{number}\n")
    rest("outside")


@on(BellRung)
def first(_fact: BellRung, at: datetime) -> None:
    record(TraceLeft(11, 1), at)
    rest("first")


@on(BellRung)
def second(_fact: BellRung, at: datetime) -> None:
    record(TraceLeft(12, 1), at)


def rest(name: str) -> None:
    """Say that the middle of the job is reached; rest for a minute if the test asks for it."""
    if (FOLDER / "rest").exists():
        (FOLDER / f"reached-{name}").touch()
        time.sleep(60)


def main() -> None:
    app = create_app({"SECRET_KEY": "test-" * 8, "DATABASE_URL": os.environ["DATABASE_URL"]})
    (FOLDER / f"ready-{os.getpid()}").touch()
    lease = timedelta(seconds=float(sys.argv[1]))
    worker.work(app, threading.Event(), pause=0.05, lease=lease)
