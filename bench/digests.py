"""A digest for each of ten thousand people in one run, by one worker; and what the pages notice of it."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select, update

from bench import crowd, report, seeding
from bench.caller import cookie_of
from bench.chapters import Bench
from bench.loading import Loader, loading
from bench.openings import NETWORKS
from bench.pages import Page
from bench.seeding import World
from bench.serving import ROOT, Load, Server, cpu_ms, load, serving
from portal.kernel import clock
from portal.kernel.db import is_sqlite, session, unit_of_work
from portal.kernel.jobs import enqueue
from portal.kernel.mail import Mail
from portal.notifications.models import NoticeItem, Rhythm

SIZES = (100_000,)  # openings; a tenth as many people
SETTINGS: dict[str, str] = {}
PAGES: tuple[Page, ...] = ()
EVENTS_EACH = 3
BROWSERS = 4
QUIET = 6.0  # seconds
PATIENCE = 900  # seconds
PATH = "/openings"
Rows = Iterator[tuple[Any, ...]]

ADDRESS = "id public_id person_id address folded verified_at is_primary"
ACCOUNT = "person_id language opened_at zone unread"
NOTICE = "id public_id person_id kind network_id about count began_at at in_portal"
RHYTHM = "person_id hour weekday next_at turns changes"


@dataclass(frozen=True)
class Run:
    """How long a run took: on the clock, and of the worker's CPU."""

    seconds: float
    cpu: float


def seed(portal: Flask, count: int) -> World:
    """Fill an empty database with openings and people; to all but the first something is to be told."""
    world, now = seeding.seed(portal, count), clock.now()
    with portal.app_context():
        with loading() as loader:
            _write_people(loader, world.people, now)
            _write_notices(loader, world.people, now)
            for table in () if is_sqlite() else ("notice", "email_address"):
                last = f"SELECT max(id) FROM {table}"
                loader.run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), ({last}))")
        with loading() as loader:
            loader.run("ANALYZE")
    return world


def measure(benches: list[Bench], _rounds: int) -> str:
    """Measure a run by itself, and one beside browsers that ask for a page without a pause."""
    bench = benches[0]
    cookie = _cookie(bench)
    alone = _run(bench)
    with serving(bench.url, str(bench.app.config["SECRET_KEY"])) as server:
        load(server, PATH, cookie, BROWSERS, 1)
        before = load(server, PATH, cookie, BROWSERS, QUIET)
        beside, met = _run_beside(bench, server, cookie)
    rows: list[list[object]] = [
        ["nothing", "", *_figures(before)],
        ["the run", beside.seconds, *_figures(met)],
        ["the run: times", "", *_ratios(before, met)],
    ]
    people = bench.world.people - 1
    head = ["beside", "run: seconds", "requests/s", "p50 ms", "p95 ms", "p99 ms", "failed"]
    return (
        f"{people:,} people with {EVENTS_EACH} things each, by one worker: {alone.seconds:.0f} s, "
        f"{people / alone.seconds:.0f} people a second; {1000 * alone.cpu / people:.1f} ms of CPU "
        "each.\n\n" + report.table(head, rows)
    )


def _cookie(bench: Bench) -> str:
    """Return the cookie of the one who is signed in."""
    return cookie_of(bench.app, bench.world.token)


def _figures(met: Load) -> list[object]:
    return [met.per_second, met.p50, met.p95, met.p99, met.failed]


def _ratios(before: Load, met: Load) -> list[object]:
    pairs = ((before.p50, met.p50), (before.p95, met.p95), (before.p99, met.p99))
    return [met.per_second / before.per_second, *(during / quiet for quiet, during in pairs), ""]


def _run_beside(bench: Bench, server: Server, cookie: str) -> tuple[Run, Load]:
    took: list[Run] = []
    run = threading.Thread(target=lambda: took.append(_run(bench)))
    run.start()
    met = load(server, PATH, cookie, BROWSERS, 0, run.is_alive)
    run.join()
    return took[0], met


def _run(bench: Bench) -> Run:
    """Let one worker write everybody's digest, and see that it did."""
    with bench.app.app_context():
        _begin_anew()
        with _worker(bench) as pid:
            begun, used = time.perf_counter(), cpu_ms(pid)
            while _waits():
                if time.perf_counter() - begun > PATIENCE:
                    raise RuntimeError("The digests are not ready.")
                time.sleep(0.1)
            took = Run(time.perf_counter() - begun, (cpu_ms(pid) - used) / 1000)
        sent = session().execute(
            select(func.count(), func.count(Mail.person_id.distinct())).where(Mail.name == "digest")
        )
        written, people = sent.one()
        session().rollback()
    if not written == people == bench.world.people - 1:
        raise RuntimeError(f"{written} digests for {people} people.")
    return took


def _begin_anew() -> None:
    due = clock.now() - timedelta(hours=25)
    with unit_of_work() as work:
        work.execute(Mail.__table__.delete())  # type: ignore[attr-defined]
        work.execute(update(NoticeItem).values(settled_at=None))
        work.execute(update(Rhythm).values(next_at=due))
        enqueue("digests.start", {})


def _waits() -> bool:
    session().rollback()
    query = select(NoticeItem.person_id).where(NoticeItem.settled_at.is_(None)).limit(1)
    return session().scalars(query).first() is not None


@contextmanager
def _worker(bench: Bench) -> Iterator[int]:
    secret = str(bench.app.config["SECRET_KEY"])
    environment = os.environ | {"DATABASE_URL": bench.url, "SECRET_KEY": secret}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--pause", "0.1"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(60)


def _write_people(loader: Loader, count: int, now: datetime) -> None:
    people, due = range(2, count + 1), now - timedelta(hours=25)
    mailbox = "person{}@example.com".format
    addresses = ((n, f"a{n:011}", n, mailbox(n), mailbox(n), now, True) for n in people)
    loader.write("email_address", ADDRESS.split(), addresses)
    accounts = ((n, "sv" if n % 2 else "en", now, "Europe/Stockholm", 1) for n in people)
    loader.write("account", ACCOUNT.split(), accounts)
    loader.write("rhythm", RHYTHM.split(), ((n, 8, 0, due, 0, 0) for n in people))


def _write_notices(loader: Loader, count: int, now: datetime) -> None:
    loader.write("notice", NOTICE.split(), _notices(count, now))
    columns = ("person_id", "fact", "subject_id", "notice_id", "at")
    loader.write("notice_item", columns, _items(count, now))


def _notices(count: int, now: datetime) -> Rows:
    for number, (person_id, event_id) in enumerate(_told(count), start=1):
        network_id = event_id % NETWORKS + 1
        about = f"network:{network_id}"
        seen = (person_id, "events", network_id, about, 1, now, now, True)
        yield number, f"n{number:011}", *seen


def _items(count: int, now: datetime) -> Rows:
    for number, (person_id, event_id) in enumerate(_told(count), start=1):
        yield person_id, "EventAnnounced", event_id, number, now


def _told(count: int) -> Iterator[tuple[int, int]]:
    """Tell each person of some events that are to come and can be seen by everybody."""
    open_to_all = [
        number
        for number in range(110, crowd.EVENTS + 1)
        if number % 4 and (number % NETWORKS + 1) % 20
    ]
    for person_id in range(2, count + 1):
        for turn in range(EVENTS_EACH):
            yield person_id, open_to_all[(person_id * 7 + turn) % len(open_to_all)]
