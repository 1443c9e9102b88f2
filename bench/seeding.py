"""A world to measure: openings by the million, people, networks, events; and a check that it is true."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import undefer

from bench import crowd, openings
from bench.loading import Loader, loading
from portal.accounts.actions import enter_as, open_account
from portal.kernel import clock
from portal.kernel.db import is_sqlite, session, unit_of_work
from portal.kernel.search.index import Document, _terms
from portal.openings.actions.publishing import _networks_of, _searched_text
from portal.openings.models import Opening
from portal.openings.policy import labels_of
from portal.people.models import Person

MOST_PEOPLE = 100_000
BATCH = 20_000
NUMBERED = "person network membership opening event registration relation organisation fact memory"


@dataclass(frozen=True)
class World:
    """What the pages are measured with."""

    openings: int
    people: int
    token: str  # of a signed-in member
    name: str


def seed(portal: Flask, count: int) -> World:
    """Fill an empty database with `count` openings and what belongs to them."""
    now = clock.now()
    people = max(2_000, min(count // 10, MOST_PEOPLE))
    with portal.app_context():
        with filling() as loader:
            crowd.write_people(loader, people, now)
            crowd.write_networks(loader, people, now)
            _write_openings(loader, count, now)
            crowd.write_events(loader, people, now)
        check()
        return member(count, people)


@contextmanager
def filling() -> Iterator[Loader]:
    """Write rows in bulk; then set what is counted, and let the planner look at them."""
    with loading() as loader:
        yield loader
        set_counters(loader)
    with loading() as loader:
        loader.run("ANALYZE")


def check() -> None:
    """Compare a few index entries with what the portal itself would have written."""
    query = select(Opening).where(Opening.state == "published").options(undefer(Opening.body))
    found = session().scalars(query.order_by(Opening.id.desc()).limit(20)).all()
    networks = _networks_of([one.id for one in found])
    shown = "terms" if is_sqlite() else "terms = CAST(:terms AS tsvector)"
    kept = text(f"SELECT {shown} FROM opening_search WHERE rowid = :number")
    for one in found:
        terms = _terms(
            Document(one.position, _searched_text(one), labels_of(one, networks[one.id]))
        )
        values: dict[str, Any] = {"number": one.position}
        values |= {} if is_sqlite() else {"terms": terms}
        if session().execute(kept, values).scalar_one() not in (terms, True):
            raise RuntimeError(f"{one.slug} is indexed otherwise than the portal would.")
    session().rollback()


def _write_openings(loader: Loader, count: int, now: datetime) -> None:
    openings.begin_index(loader)
    source, facts = openings.made(count, now), 0
    while batch := list(islice(source, BATCH)):
        openings.write(loader, batch)
        facts = openings.write_facts(loader, batch, facts)
    openings.finish_index(loader)


def set_counters(loader: Loader) -> None:
    """Let PostgreSQL count on from the ids that we have given out."""
    for table in () if is_sqlite() else NUMBERED.split():
        last = f"SELECT coalesce(max(id), 1) FROM {table}"
        loader.run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), ({last}))")


def member(count: int, people: int) -> World:
    """Sign the first person in."""
    with unit_of_work():
        person = session().get_one(Person, 1)
        open_account(person, "sv", clock.now())
        entrance = enter_as(person, "Bench", clock.now())
    return World(count, people, entrance.token, person.name)
