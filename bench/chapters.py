"""The chapters of a run: pages beside the floor, growth, server, places, weight."""

from dataclasses import dataclass

from flask import Flask

from bench import floor, report
from bench.caller import Caller, cookie_of
from bench.measuring import Times, database_time, measured, statements
from bench.pages import PAGES, Page, caller_of
from bench.places import take_places
from bench.seeding import World
from bench.serving import load, serving
from bench.slowness import beside_slow_bodies, beside_slow_headers
from bench.weight import first_visit, install_size
from portal.kernel import keys

LOADED = ("openings, visitor", "openings, member", "search: in 1 %", "one opening, visitor")


@dataclass(frozen=True)
class Bench:
    """A seeded database with a portal on it."""

    kind: str
    app: Flask
    url: str
    world: World
    pages: tuple[Page, ...] = PAGES

    def callers(self) -> dict[Page, Caller]:
        found = {page: caller_of(self.app, self.world, page) for page in self.pages}
        return {page: caller for page, caller in found.items() if caller is not None}


def pages(bench: Bench, rounds: int) -> str:
    """Measure every page, in turn with the floor and the usual stack's page."""
    callers = bench.callers()
    calls = {page.name: caller.call for page, caller in callers.items()}
    listed = next(caller for page, caller in callers.items() if page.name == "openings, member")
    size = len(listed.answer().text.encode())
    lean = floor.lean(bench.url, keys.digest(bench.world.token), size)
    usual = floor.usual(bench.url, size)
    calls["floor"] = Caller(lean, "/", cookie_of(lean)).call
    calls["usual"] = Caller(usual, "/", cookie_of(usual)).call
    times = measured(calls, rounds, each=4)
    low, high = times["floor"].cpu_median, times["usual"].cpu_median
    rows = [_row(bench, page, caller, times[page.name], low) for page, caller in callers.items()]
    rows.append(["*floor: Flask + Jinja, same size*", low, "", 1.0, 2, "", "", ""])
    rows.append(["*usual stack: entities, url_for, gettext*", high, "", high / low, 2, "", "", ""])
    head = ["page", "CPU ms", "of it db", "× floor", "queries", "bytes", "gzip", "goal"]
    return report.table(head, rows)


def _row(bench: Bench, page: Page, caller: Caller, times: Times, low: float) -> list[object]:
    with statements(bench.app) as sent:
        answer = caller.answer()
    spent = database_time(bench.app, sent)
    cpu = times.cpu_median
    application = cpu - spent if bench.kind == "SQLite" else cpu
    met = "met" if application <= page.limit else f"{application / page.limit:.1f} × {page.limit}"
    raw = len(answer.text.encode()) if answer.body else 0
    return [page.name, cpu, spent, cpu / low, len(sent), raw, len(answer.body), met]


def growth(benches: list[Bench], rounds: int) -> str:
    """Measure every page at every size, in turn, and divide by the smallest."""
    calls = {
        (page.name, bench.world.openings): caller.call
        for bench in benches
        for page, caller in bench.callers().items()
    }
    times = measured(calls, rounds, each=6)
    sizes = [bench.world.openings for bench in benches]
    rows: list[list[object]] = []
    for page in benches[0].pages:
        if any((page.name, size) not in times for size in sizes):
            continue
        here = [times[page.name, size] for size in sizes]
        first = here[0]
        row: list[object] = [page.name, first.cpu_median, first.p50, first.p99]
        for one in here[1:]:
            ratios = (one.cpu_median / first.cpu_median, one.p50 / first.p50, one.p99 / first.p99)
            row.append("; ".join(f"{ratio:.2f}" for ratio in ratios))
        rows.append(row)
    head = ["page", "CPU ms", "p50", "p99", *(f"× at {size:,}" for size in sizes[1:])]
    return report.table(head, rows)


def server(bench: Bench, seconds: float) -> str:
    """Measure through granian: speed, start, memory, and slow browsers beside."""
    rows: list[list[object]] = []
    callers = {page.name: (page, caller) for page, caller in bench.callers().items()}
    with serving(bench.url, str(bench.app.config["SECRET_KEY"])) as running:
        for name in LOADED:
            page, caller = callers[name]
            cookie = str(caller.environ["HTTP_COOKIE"])
            for browsers in (1, 16):
                load(running, page.path, cookie, browsers, 0.5)
                met = load(running, page.path, cookie, browsers, seconds)
                rows.append([name, browsers, met.per_second, met.p50, met.p99, met.cpu, met.failed])
        memory = running.memory_mb()
        slow = {"headers": beside_slow_headers(running), "bodies": beside_slow_bodies(running)}
    head = ["page", "browsers", "requests/s", "p50 ms", "p99 ms", "CPU ms", "failed"]
    facts = [
        f"Start to first answer {running.started_in:.2f} s; the worker's memory {memory:.0f} MB (PSS)."
    ]
    facts += [
        f"Beside 400 slow {what}: {one.answered} of {one.asked} answered, "
        f"median {one.median:.0f} ms, slowest {one.slowest:.0f} ms."
        for what, one in slow.items()
    ]
    return report.table(head, rows) + "\n\n" + "  \n".join(facts)


def places(bench: Bench) -> str:
    """Measure 400 places a second."""
    met = take_places(bench.url, bench.world.people)
    return (
        f"{bench.kind}: {met.places} places at {met.per_second:.0f} a second, {met.errors} errors, "
        f"p50 {met.p50:.1f} ms, p99 {met.p99:.1f} ms, longest {met.longest:.0f} ms."
    )


def weight(bench: Bench) -> str:
    """Weigh a first visit and an installation."""
    rows = []
    for path in ("/", "/openings"):
        visit = first_visit(bench.app, path)
        rows.append([f"`{path}`", visit.requests, f"{visit.size / 1024:.1f} KiB"])
    head = ["first visit", "requests", "compressed"]
    return report.table(head, rows) + f"\n\nA runtime installation takes {install_size():.0f} MB."
