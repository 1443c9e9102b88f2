"""A world to measure: openings by the million, people, networks, events; and a check that it is true."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import undefer

from bench import openings, words
from bench.loading import Loader, loading
from portal.accounts.actions import enter_as, open_account
from portal.kernel import clock
from portal.kernel.db import is_sqlite, session, unit_of_work
from portal.kernel.search.index import Document, _terms
from portal.openings.actions.publishing import _networks_of, _searched_text
from portal.openings.models import Opening
from portal.openings.policy import labels_of
from portal.people.models import Person
from portal.people.policy import sort_key

MOST_PEOPLE = 100_000
EVENTS = 500
BATCH = 20_000


@dataclass(frozen=True)
class World:
    """What the pages are measured with."""

    openings: int
    people: int
    token: str  # of a signed-in member
    name: str


def seed(portal: Flask, count: int) -> World:
    """Fill an empty database with `count` openings and what belongs to them."""
    now = datetime.now(UTC)
    people = max(300, min(count // 10, MOST_PEOPLE))
    with portal.app_context():
        with loading() as loader:
            _write_people(loader, people, now)
            _write_networks(loader, people, now)
            _write_openings(loader, count, now)
            _write_events(loader, people, now)
            _set_counters(loader)
        with loading() as loader:
            loader.run("ANALYZE")
        check()
        return _member(count, people)


def check() -> None:
    """Compare a few index entries with what the portal itself would have written."""
    query = select(Opening).where(Opening.state == "published").options(undefer(Opening.body))
    found = session().scalars(query.order_by(Opening.id.desc()).limit(20)).all()
    networks = _networks_of([one.id for one in found])
    kept = text(
        "SELECT terms FROM opening_search WHERE rowid = :number"
        if is_sqlite()
        else "SELECT terms = CAST(:terms AS tsvector) FROM opening_search WHERE rowid = :number"
    )
    for one in found:
        document = Document(one.position, _searched_text(one), labels_of(one, networks[one.id]))
        terms = _terms(document)
        values: dict[str, Any] = {"number": one.position}
        values |= {} if is_sqlite() else {"terms": terms}
        stored = session().execute(kept, values).scalar_one()
        if stored not in (terms, True):
            raise RuntimeError(f"{one.slug} is indexed otherwise than the portal would.")
    session().rollback()


def _write_people(loader: Loader, count: int, now: datetime) -> None:
    first, last = words.names()

    def rows() -> Iterator[tuple[Any, ...]]:
        for id in range(1, count + 1):
            name = f"{first[id % len(first)]} {last[(id // 7) % len(last)]}"
            shown = ("members", "networks", "nobody")[id % 20 // 14 + (id % 20 == 19)]
            yield id, f"p{id:011}", name, sort_key(name), "Konsult", "", shown, 0, now

    loader.write("person", "id public_id name sort_key headline about name_shown coordinates arrived_at".split(), rows())  # fmt: skip
    companies = enumerate(words.companies(), start=1)
    loader.write("organisation", ("id", "name", "kind"), ((id, n, "customer") for id, n in companies))
    ties = ((id, id, 1 + id % 2_000, "alumnus", "", now.date() - timedelta(days=900), now.date(), "", "", "") for id in range(1, count + 1))  # fmt: skip
    loader.write("relation", "id person_id organisation_id kind title began_on ended_on purpose legal_basis source".split(), ties)  # fmt: skip


def _write_networks(loader: Loader, people: int, now: datetime) -> None:
    began = now - timedelta(days=60)
    members: dict[int, int] = {}
    belongings = []
    for id in range(1, people + 1):
        for turn in range(2 if id > 1 else 4):
            network_id = (id * 7 + turn * 61) % openings.NETWORKS + 1
            members[network_id] = members.get(network_id, 0) + 1
            belongings.append((len(belongings) + 1, network_id, id, "member", "", began, ""))

    def rows() -> Iterator[tuple[Any, ...]]:
        for id in range(1, openings.NETWORKS + 1):
            name = f"{words.companies()[id]} nätverk"
            seen = "hidden" if id % 20 == 0 else "public"
            yield (id, f"network-{id}", name, sort_key(name), f"Vi som arbetar med {words.companies()[id]}.",
                   words.bodies()[id].html, "ABCDEFGHIJKLMNOPQRSTU"[id % 21], "SNI2007", "sv", seen, "open",
                   members.get(id, 0), began)  # fmt: skip

    loader.write("network", "id slug name sort_key summary description industry industry_scheme language visibility admission member_count created_at".split(), rows())  # fmt: skip
    loader.write("membership", "id network_id person_id role motivation began_at reason".split(), belongings)  # fmt: skip


def _write_openings(loader: Loader, count: int, now: datetime) -> None:
    openings.begin_index(loader)
    source = openings.made(count, now)
    facts = 0
    while batch := list(islice(source, BATCH)):
        openings.write(loader, batch)
        told = [one for one in batch if one.network_id]
        numbered = list(enumerate(told, start=facts + 1))
        facts += len(told)
        loader.write("fact", ("id", "name", "at", "body"), (
            (id, "OpeningPublished", one.row[25], f'{{"opening_id": {one.row[0]}, "network_id": {one.network_id}}}')
            for id, one in numbered))  # fmt: skip
        loader.write("fact_subject", ("kind", "subject_id", "fact_id"), (
            (kind, subject, id) for id, one in numbered
            for kind, subject in (("network", one.network_id), ("opening", one.row[0]))))  # fmt: skip
    openings.finish_index(loader)


def _write_events(loader: Loader, people: int, now: datetime) -> None:
    def rows() -> Iterator[tuple[Any, ...]]:
        for id in range(1, EVENTS + 1):
            starts = (now + timedelta(days=id - 100)).replace(minute=0, second=0, microsecond=0)
            yield (id, f"event-{id}", f"Träff om {words.companies()[id].lower()}", "Kom och träffas.", id % openings.NETWORKS + 1,
                   "public" if id % 4 else "members", starts, starts + timedelta(hours=2), "Europe/Stockholm", "Kontoret",
                   "Storgatan 1", 0, 0, now, now)  # fmt: skip

    loader.write("event", "id slug title description network_id audience starts_at ends_at timezone place_name address taken sequence created_at updated_at".split(), rows())  # fmt: skip
    going = [(id, 110 + id * 3, 1, now) for id in range(1, 6)]
    going += [(5 + id, 1 + id % EVENTS, id, now) for id in range(2, min(people, 2_000))]
    loader.write("registration", "id event_id person_id began_at".split(), going)
    loader.run("UPDATE event SET taken = (SELECT count(*) FROM registration WHERE event_id = event.id)")


def _set_counters(loader: Loader) -> None:
    if is_sqlite():
        return
    for table in ("person", "network", "membership", "opening", "event", "registration", "relation", "organisation", "fact"):  # fmt: skip
        loader.run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")


def _member(count: int, people: int) -> World:
    """Sign the first person in."""
    with unit_of_work():
        person = session().get_one(Person, 1)
        open_account(person, "sv", clock.now())
        entrance = enter_as(person, "Bench", clock.now())
    return World(count, people, entrance.token, person.name)
