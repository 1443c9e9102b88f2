"""Workers in processes of their own, on a database that the test looks at; any can be killed (kill -9)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.databases import Database

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds
SHORT_LEASE, LONG_LEASE = 1.5, 60.0  # seconds


class Workers:
    """Starts workers that run a program ending in `slow_worker.main()`."""

    def __init__(self, program: str, url: str, folder: Path) -> None:
        self.program, self.folder = program, folder
        self.environment = os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, lease: float = SHORT_LEASE) -> None:
        """Start one that gives up a job after so many seconds."""
        command = [sys.executable, "-c", self.program, str(lease), str(self.folder)]
        self.processes.append(subprocess.Popen(command, cwd=ROOT, env=self.environment))

    def kill_when(self, reached: str) -> None:
        """Start one that rests in the middle of its job, and kill it there."""
        (self.folder / "rest").touch()
        self.start()
        until((self.folder / f"reached-{reached}").exists)
        self.processes[-1].send_signal(signal.SIGKILL)
        assert self.processes[-1].wait(10) == -signal.SIGKILL
        (self.folder / "rest").unlink()


@contextmanager
def working(program: str, database: Database, folder: Path) -> Iterator[Workers]:
    """Give workers of a program; none is left afterwards."""
    started = Workers(program, database.url, folder)
    try:
        yield started
    finally:
        for process in started.processes:
            process.kill()
            process.wait(10)


def until(reached: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait for something that others do; it is a failure when it does not come."""
    limit = time.monotonic() + patience
    while not reached():
        assert time.monotonic() < limit, "it was not reached in time"
        time.sleep(0.05)
