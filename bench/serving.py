"""The portal behind its real server: how many requests a second, how long, how much memory."""

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).resolve().parent.parent
MOST_WAIT = 30  # seconds for the server to answer first


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, its workers, how long it took to answer first."""

    port: int
    pid: int
    started_in: float

    def workers(self) -> list[int]:
        """Return the processes that answer requests."""
        found = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        children = [int(pid) for pid in found.read_text().split()] if found.exists() else []
        return children or [self.pid]

    def cpu_ms(self) -> float:
        """Return the milliseconds of CPU that the workers have used."""
        return sum(map(cpu_ms, self.workers()))

    def memory_mb(self) -> float:
        """Return the largest worker's share of memory (PSS)."""
        return max(_pss(pid) for pid in self.workers()) / 1024


def cpu_ms(pid: int) -> float:
    """Return the milliseconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(database_url: str, secret: str) -> Iterator[Server]:
    """Start granian as the documentation says, and end it afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "DATABASE_URL": database_url,
        "SECRET_KEY": secret,
        "PATH": os.environ.get("PATH", ""),
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--blocking-threads", "4", "--host", "127.0.0.1", "--port", str(port), "wsgi:app"]
    begun = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env=settings, **quiet)  # type: ignore[call-overload]
    try:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - begun > MOST_WAIT:
                raise RuntimeError("The server does not start.")
            time.sleep(0.02)
        yield Server(port, process.pid, time.perf_counter() - begun)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


@dataclass(frozen=True)
class Load:
    """What a number of busy browsers met."""

    per_second: float
    p50: float
    p95: float
    p99: float
    cpu: float  # milliseconds of the workers for each request
    failed: int


def load(
    server: Server,
    path: str,
    cookie: str,
    browsers: int,
    seconds: float,
    goes_on: Callable[[], bool] = lambda: False,
) -> Load:
    """Ask for a page from several browsers, each with one connection and no pause.

    It lasts some seconds, and as long as what it is measured beside goes on.
    """
    times: list[float] = []
    failed: list[int] = []
    until = time.perf_counter() + seconds

    def browse() -> None:
        connection = socket.create_connection(("127.0.0.1", server.port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wanted = _request(path, cookie)
        with connection:
            while time.perf_counter() < until or goes_on():
                begun = time.perf_counter()
                connection.sendall(wanted)
                status = _read(connection)
                times.append((time.perf_counter() - begun) * 1000)
                failed.extend([status] if status >= 500 else [])

    used, begun = server.cpu_ms(), time.perf_counter()
    threads = [Thread(target=browse) for _browser in range(browsers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - begun
    cpu = (server.cpu_ms() - used) / len(times)
    of_hundred = statistics.quantiles(times, n=100)
    p50, p95, p99 = statistics.median(times), of_hundred[94], of_hundred[98]
    return Load(len(times) / taken, p50, p95, p99, cpu, len(failed))


def _request(path: str, cookie: str) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Accept-Encoding: gzip",
        f"Cookie: {cookie}",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def _read(connection: socket.socket) -> int:
    """Read one answer to its end; returns its status."""
    got = b""
    while b"\r\n\r\n" not in got:
        piece = connection.recv(65536)
        if not piece:
            raise ConnectionError("The server hung up.")
        got += piece
    head, _end, body = got.partition(b"\r\n\r\n")
    length = next(
        int(line[15:])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    )
    missing = length - len(body)
    while missing > 0:
        missing -= len(connection.recv(65536))
    return int(head[9:12])


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
        connection.settimeout(2)
        connection.sendall(_request("/healthz", ""))
        return _read(connection) == 200
    return False


def _pss(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
