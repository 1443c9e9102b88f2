"""A journey of four hundred facts among five hundred people, one of ten thousand among fifty thousand."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from bench import crowd
from bench.loading import Loader
from bench.openings import NETWORKS, SUBJECT
from bench.pages import Page
from bench.seeding import World, filling, member
from portal.kernel import clock

SIZES = (500, 50_000)
FACTS = {500: 400, 50_000: 10_000}  # about each of the two who have been here for long
OTHERS = 10  # about everybody else
READER, OTHER = 1, 42
DAYS = 4_000  # between the first fact and the last
MEMORY, PASSWORD, HIDDEN = 20, 97, 50  # one fact in so many
SETTINGS = {"PORTAL_PROFILES_PER_HOUR": "1000000"}
MEMORY_COLUMNS = ("id", "public_id", "person_id", "began_on", "precision", "text", "shown")

PAGES = (
    Page("my journey", "/journey", signed_in=True, limit=3),
    Page("my journey, fragment for htmx", "/journey", signed_in=True, partial=True),
    Page("10 pages on", "/journey", signed_in=True, deep=10, limit=3),
    Page("networks only", "/journey?show=networks", signed_in=True, partial=True),
    Page("memories only", "/journey?show=memories", signed_in=True, partial=True),
    Page("account only, rare", "/journey?show=account", signed_in=True, partial=True),
    Page("openings only, none", "/journey?show=openings", signed_in=True, partial=True),
    Page("one year", "/journey?year=2020", signed_in=True, partial=True),
    Page("one chapter", "/journey?chapter=start..2019-12-31", signed_in=True, partial=True),
    Page(
        "a chapter's memories",
        "/journey?chapter=start..2019-12-31&show=memories",
        signed_in=True,
        partial=True,
    ),
    Page("one entry", "/journey/entries/9", signed_in=True),
    Page("somebody else's page, with their journey", "/people/p00000000042", signed_in=True),
)
Told = tuple[int, int, str, datetime, dict[str, int]]  # number, person, name, at, ids


def seed(portal: Flask, count: int) -> World:
    """Fill an empty database with `count` people to whom something has happened."""
    now = clock.now()
    with portal.app_context():
        with filling() as loader:
            crowd.write_people(loader, count, now)
            crowd.write_networks(loader, count, now)
            crowd.write_events(loader, count, now)
            _write_relations(loader, count, now)
            _write_facts(loader, count, now)
            _write_own(loader, count, now)
        return member(count, count)


def _write_relations(loader: Loader, count: int, now: datetime) -> None:
    """Let the two have been consultants before."""
    loader.run("UPDATE person SET journey_shown = 'members', relations_shown = 'members'")
    loader.run(f"UPDATE person SET name_shown = 'members' WHERE id IN ({READER}, {OTHER})")
    began, ended = now.date() - timedelta(days=3_000), now.date() - timedelta(days=901)
    rows = (
        (count + number, person, 1, "consultant", "", began, ended, "", "", "")
        for number, person in enumerate((READER, OTHER), start=1)
    )
    loader.write("relation", crowd.RELATION.split(), rows)


def _write_facts(loader: Loader, count: int, now: datetime) -> None:
    columns = ("id", "name", "at", "body")
    bodies = ((id, name, at, json.dumps(ids)) for id, _who, name, at, ids in _told(count, now))
    loader.write("fact", columns, bodies)
    subjects = (
        (kind.removesuffix("_id"), number, id, at, name)
        for id, _who, name, at, ids in _told(count, now)
        for kind, number in ids.items()
    )
    loader.write("fact_subject", SUBJECT.split(), subjects)


def _write_own(loader: Loader, count: int, now: datetime) -> None:
    """Write the memories that the facts tell of, and hide some of what happened."""
    told = list(_told(count, now))
    memories = (
        (ids["memory_id"], f"m{id:011}", who, at.date(), "month", "Minns du?", "networks", now)
        for id, who, name, at, ids in told
        if name == "MemoryAdded"
    )
    loader.write("memory", (*MEMORY_COLUMNS, "created_at"), memories)
    hidden = (
        (who, id, now)
        for id, who, name, _at, _ids in told
        if name == "NetworkJoined" and id % HIDDEN == 0
    )
    loader.write("hidden_entry", ("person_id", "fact_id", "hidden_at"), hidden)


def _told(count: int, now: datetime) -> Iterator[Told]:
    """Tell what happened to everybody, number by number."""
    number = 0
    for who in range(1, count + 1):
        many = FACTS[count] if who in (READER, OTHER) else OTHERS
        for turn in range(many):
            number += 1
            at = now - timedelta(days=DAYS * turn / many, minutes=who % 60)
            name, ids = _happened(turn, number)
            yield number, who, name, at, {"person_id": who} | ids


def _happened(turn: int, number: int) -> tuple[str, dict[str, Any]]:
    if turn % PASSWORD == PASSWORD - 1:
        return "PasswordChanged", {}
    if turn % MEMORY == MEMORY - 1:
        return "MemoryAdded", {"memory_id": number}
    if turn % 3 == 0:
        ids = {"event_id": number % crowd.EVENTS + 1, "registration_id": 1}
        return "PlaceTaken", ids
    return "NetworkJoined", {"network_id": number % NETWORKS + 1, "membership_id": 1}
