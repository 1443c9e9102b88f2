"""python -m bench: seed, measure, print; with --write also into docs/performance.md."""

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench import chapters, digests, journey, openings_world, people, report, strangers
from bench.chapters import Bench
from tests.support.databases import Database, open_postgresql, open_sqlite

CHAPTERS = ("pages", "growth", "server", "places", "weight")
Measure = Callable[[list[Bench], int], str]
# Chapters with a world of their own, at sizes of their own.
OTHERS = {"people": people, "journey": journey, "strangers": strangers, "digests": digests}
ALL = (*CHAPTERS, *OTHERS)


def main() -> None:
    """Run the chapters that were asked for."""
    wanted = _options()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-bench-")))
        for kind in wanted.databases:
            if kind == "PostgreSQL" and not os.environ.get("TEST_DATABASE_URL"):
                print("PostgreSQL is left out: set TEST_DATABASE_URL to measure it too.")
                continue
            for name in (name for name in wanted.chapters if name in OTHERS):
                _tell(kind, name, _other(name, kind, folder, wanted), wanted.write)
            usual = [name for name in wanted.chapters if name in CHAPTERS]
            benches = [
                stack.enter_context(_seeded(kind, size, folder))
                for size in (sorted(wanted.sizes) if usual else ())
            ]
            for name in usual:
                _tell(kind, name, _chapter(name, benches, wanted), wanted.write)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("chapters", nargs="*", metavar="chapter", help=", ".join(ALL))
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 100_000], help="openings")
    parser.add_argument("--databases", nargs="+", default=["SQLite", "PostgreSQL"])
    parser.add_argument("--rounds", type=int, default=40, help="turns for each page")
    parser.add_argument("--seconds", type=float, default=3, help="for each load on the server")
    parser.add_argument("--write", action="store_true", help="put the figures into the document")
    wanted = parser.parse_args()
    if unknown := set(wanted.chapters) - set(ALL):
        parser.error(f"no such chapter: {', '.join(sorted(unknown))}")
    wanted.chapters = wanted.chapters or list(ALL)
    return wanted


def _other(name: str, kind: str, folder: Path, wanted: argparse.Namespace) -> str:
    """Measure a chapter that has a world of its own, and remove that again."""
    chapter = OTHERS[name]
    with ExitStack() as stack:
        benches = [
            stack.enter_context(_seeded(kind, size, folder, chapter)) for size in chapter.SIZES
        ]
        measure: Measure = getattr(chapter, "measure", chapters.growth)
        return measure(benches, wanted.rounds)


@contextmanager
def _seeded(kind: str, size: int, folder: Path, world: Any = openings_world) -> Iterator[Bench]:
    """Make a database of this size, and remove it afterwards."""
    begun = time.perf_counter()
    database = _opened(kind, size, folder, world.SETTINGS)
    try:
        database.portal.testing = False
        made = world.seed(database.portal, size)
        print(f"{kind}: seeded {size:,} in {time.perf_counter() - begun:.0f} s", flush=True)
        yield Bench(kind, database.portal, database.url, made, world.PAGES)
    finally:
        database.drop()


def _opened(kind: str, size: int, folder: Path, settings: dict[str, str]) -> Database:
    if kind == "SQLite":
        return open_sqlite(folder / f"{size}.db", **settings)
    name = f"portal_bench_{size}_{os.getpid()}"
    return open_postgresql(os.environ["TEST_DATABASE_URL"], name, **settings)


def _chapter(name: str, benches: list[Bench], wanted: argparse.Namespace) -> str:
    middle = benches[len(benches) // 2]
    if name == "pages":
        return chapters.pages(middle, wanted.rounds)
    if name == "growth":
        return chapters.growth(benches, wanted.rounds)
    if name == "server":
        return chapters.server(middle, wanted.seconds)
    return chapters.places(middle) if name == "places" else chapters.weight(middle)


def _tell(kind: str, name: str, text: str, write: bool) -> None:
    load = os.getloadavg()[0]
    where = f"{kind}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f}"
    print(f"\n## {name}: {where}\n\n{text}\n", flush=True)
    if write:
        report.put(f"{name}:{kind}", f"*{where}, {time.strftime('%Y-%m-%d')}*\n\n{text}")


if __name__ == "__main__":
    main()
