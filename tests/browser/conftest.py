"""The portal with its demo world, served on loopback, and a Chromium that looks at it."""

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from werkzeug.serving import make_server

from portal.demo.actions import make_world
from portal.kernel import clock, worker
from portal.kernel.db import db, unit_of_work
from tests.conftest import NOW
from tests.support.databases import Database, open_sqlite

CDN = "https://cdn.jsdelivr.net/**"
HTMX = Path(__file__).resolve().parents[2] / "static" / "vendor" / "htmx-4.0.1.min.js"
NO_CHROMIUM = "install Chromium to run the browser tests (apt install chromium), or set CHROMIUM"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all browser tests of this process."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo world, made once for this test process, to be copied."""
    made = tmp_path_factory.mktemp("demo-world") / "portal.db"
    database = open_sqlite(made, PORTAL_DEMO="1")
    with clock.stopped_at(NOW), database.portal.app_context():
        with unit_of_work():
            make_world(NOW)
        db.engine.dispose()  # so that all of it stands in the one file
    return made


@pytest.fixture(scope="module")
def world(demo_world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A portal with the demo world, for the tests of one file."""
    own = shutil.copy(demo_world, tmp_path_factory.mktemp("browser") / "portal.db")
    database = open_sqlite(own, PORTAL_DEMO="1")
    with clock.stopped_at(NOW), database.portal.app_context():
        yield database
    database.drop()


@pytest.fixture(scope="module")
def address(world: Database) -> Iterator[str]:
    """Where the portal is served."""
    server = make_server("127.0.0.1", 0, world.portal, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@dataclass
class Visit:
    """One visitor's browser window, with everything that went wrong in it."""

    context: BrowserContext
    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def sign_in_as(self, role: str) -> "Visit":
        """Use the demo's one-click sign-in."""
        self.open("/sign-in")
        self.page.locator(f"form[action='/demo/sign-in']:has([value='{role}']) button").click()
        self.page.wait_for_url(f"{self.address}/")
        return self


class Visits:
    """Opens windows; closes them and complains of console errors at the end."""

    def __init__(self, chromium: Browser, address: str) -> None:
        self.chromium = chromium
        self.address = address
        self.opened: list[Visit] = []

    def __call__(self, *, cdn: str = "works", javascript: bool = True, **options: Any) -> Visit:
        """Open a window; `cdn` is works, blocked or changed."""
        settings = {"locale": "sv-SE", "viewport": {"width": 1280, "height": 900}} | options
        context = self.chromium.new_context(java_script_enabled=javascript, **settings)
        context.route(CDN, lambda route: _cdn(route, cdn))
        visit = Visit(context, context.new_page(), self.address)
        if cdn == "works":
            visit.page.on("console", lambda said: _note(visit, said.type, said.text))
        visit.page.on("pageerror", lambda error: visit.faults.append(str(error)))
        self.opened.append(visit)
        return visit

    def close(self) -> list[str]:
        for visit in self.opened:
            visit.context.close()
        return [fault for visit in self.opened for fault in visit.faults]


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visits]:
    """Open browser windows: `visit(javascript=False)`; no window may report an error."""
    visits = Visits(chromium, address)
    yield visits
    assert visits.close() == []


@pytest.fixture
def drain(world: Database) -> Any:
    """Let the worker do what is due."""
    return worker.drain


def _cdn(route: Route, state: str) -> None:
    if state == "blocked":
        route.abort()
        return
    body = HTMX.read_bytes() + (b"// changed" if state == "changed" else b"")
    allowed = {"access-control-allow-origin": "*"}
    route.fulfill(body=body, content_type="text/javascript", headers=allowed)


def _note(visit: Visit, kind: str, text: str) -> None:
    # A refused form is a 4xx by design; Chromium reports every one of them as an error.
    if kind in ("error", "warning") and "status of 4" not in text:
        visit.faults.append(text)
