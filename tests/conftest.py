"""What every test stands on: one portal per database, emptied between tests, and a fixed clock."""

import gc
import os
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings

from portal.kernel import clock
from portal.kernel.db import session
from portal.kernel.text import DEFAULT_LANGUAGE, speaking
from tests.support.browser import Browser
from tests.support.databases import Database, open_postgresql, open_sqlite
from tests.support.mailbox import Mailbox
from tests.support.make import Make
from tests.support.personas import Personas
from tests.support.queries import QueryCount
from tests.support.walk import Walk

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
# A busy machine is no fault of the code; and a build that failed fails again when looked at.
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")
NO_POSTGRESQL = "set TEST_DATABASE_URL=postgresql://… to run on PostgreSQL (apt install postgresql)"


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what stays: the modules and the tests themselves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a skipped test fail where nothing may be missing (.ci/run sets TEST_REQUIRE_ALL=1)."""
    report = yield
    if (
        os.environ.get("TEST_REQUIRE_ALL") == "1"
        and report.skipped
        and not hasattr(report, "wasxfail")
    ):
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped here: {report.longreprtext}"
    return report


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """One migrated database of each kind for this test process."""
    if request.param == "sqlite":
        shared_memory = Path("/dev/shm")
        root = shared_memory if shared_memory.is_dir() else tmp_path_factory.mktemp("sqlite")
        opened = open_sqlite(root / f"portal-test-{os.getpid()}.db")
    else:
        url = os.environ.get("TEST_DATABASE_URL")
        if not url:
            pytest.skip(NO_POSTGRESQL)
        opened = open_postgresql(url, f"portal_test_{worker_id}_{os.getpid()}")
    yield opened
    opened.drop()


@pytest.fixture(autouse=True)
def in_swedish() -> Iterator[None]:
    """Each test begins in Swedish, whatever the one before it has spoken."""
    with speaking(DEFAULT_LANGUAGE):
        yield


@pytest.fixture
def portal(database: Database) -> Iterator[Flask]:
    """The portal on an empty database, at a fixed hour."""
    database.empty()
    with clock.stopped_at(NOW), database.portal.app_context():
        yield database.portal
        session().rollback()


@pytest.fixture
def walked(database: Database) -> Iterator[Walk]:
    """The world in an empty database, outside any request; it speaks English on PostgreSQL."""
    database.empty()
    with clock.stopped_at(NOW):
        yield Walk(database.portal, "sv" if database.url.startswith("sqlite") else "en")
    database.empty()


@pytest.fixture
def make(portal: Flask) -> Make:
    """Factories with defaults: `make.network(visibility="hidden")`."""
    return Make()


@pytest.fixture
def browser(portal: Flask) -> Browser:
    """A browser nobody is signed in at."""
    return Browser(portal)


@pytest.fixture
def personas(portal: Flask, make: Make) -> Personas:
    """Alice belongs, Bob is new, Charlie is outside, Mona coordinates, Kim administers."""
    return Personas(portal, make)


@pytest.fixture
def mailbox(portal: Flask) -> Mailbox:
    """Every mail that has left, once the worker has been drained."""
    return Mailbox()


@pytest.fixture
def count_queries(portal: Flask) -> QueryCount:
    """Counts statements: `with count_queries() as count: …; assert count.total <= 4`."""
    return QueryCount()
