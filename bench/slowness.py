"""Hundreds of slow browsers at once, and whether the others are still answered."""

import socket
import statistics
import time
from contextlib import suppress
from dataclasses import dataclass

from bench.serving import Server, _read, _request

SLOW = 400
SECONDS = 8


@dataclass(frozen=True)
class Availability:
    """How an ordinary browser fared meanwhile."""

    answered: int
    asked: int
    median: float  # milliseconds
    slowest: float


def beside_slow_headers(server: Server) -> Availability:
    """Ask beside browsers that never finish their headers."""
    return _beside(server, b"GET /about HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")


def beside_slow_bodies(server: Server) -> Availability:
    """Ask beside browsers that send a form a byte a second."""
    head = "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n"
    return _beside(
        server, f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\na=".encode()
    )


def _beside(server: Server, beginning: bytes) -> Availability:
    slow = []
    for _number in range(SLOW):
        with suppress(OSError):
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=2)
            connection.sendall(beginning)
            slow.append(connection)
    times: list[float] = []
    asked, until = 0, time.perf_counter() + SECONDS
    while time.perf_counter() < until:
        for connection in slow:
            with suppress(OSError):
                connection.sendall(b"x")
        asked += 1
        begun = time.perf_counter()
        with (
            suppress(OSError),
            socket.create_connection(("127.0.0.1", server.port), timeout=2) as one,
        ):
            one.settimeout(2)
            one.sendall(_request("/about", ""))
            if _read(one) == 200:
                times.append((time.perf_counter() - begun) * 1000)
        time.sleep(0.2)
    for connection in slow:
        connection.close()
    shown = times or [float("nan")]
    return Availability(len(times), asked, statistics.median(shown), max(shown))
