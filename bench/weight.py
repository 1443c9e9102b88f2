"""Bytes: what a first visit fetches, and what an installation takes on the disk."""

import gzip
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from flask import Flask

from bench.caller import Caller, cookie_of
from portal.web.assets import HTMX_FILE

ROOT = Path(__file__).resolve().parent.parent
OWN = ("portal", "templates", "static", "migrations")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
# What a browser fetches by itself: style sheet, scripts, icon, pictures, the sprite of icons.
FETCHED = re.compile(
    r'<(?:link rel="(?:icon|stylesheet)" href|script src|img src|use href)="([^"#]+)'
)


@dataclass(frozen=True)
class Visit:
    """A first visit: how many requests, how many compressed bytes."""

    requests: int
    size: int


def first_visit(app: Flask, path: str) -> Visit:
    """Fetch a page and everything it points to, as a browser that has nothing."""
    page = Caller(app, path, cookie_of(app)).answer()
    addresses = sorted(set(FETCHED.findall(page.text)))
    return Visit(1 + len(addresses), len(page.body) + sum(_size(app, one) for one in addresses))


def install_size() -> float:
    """Return the megabytes of the runtime's packages and the portal itself, without tests."""
    names = PINNED.findall((ROOT / "requirements.txt").read_text())
    total = sum(_package(name) for name in names)
    total += sum(
        path.stat().st_size for own in OWN for path in (ROOT / own).rglob("*") if path.is_file()
    )
    return total / 1_000_000


def _size(app: Flask, address: str) -> int:
    if address.startswith("https://"):  # htmx at its CDN: our own copy is the same file
        return len(gzip.compress((ROOT / "static" / HTMX_FILE).read_bytes(), 9))
    return len(Caller(app, address).answer().body)


def _package(name: str) -> int:
    try:
        files = distribution(name).files or []
    except PackageNotFoundError:  # for another system or an older Python
        return 0
    paths = (Path(str(file.locate())) for file in files)
    return sum(path.stat().st_size for path in paths if path.is_file())
