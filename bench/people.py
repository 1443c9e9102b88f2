"""The list of people among five hundred and among fifty thousand."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import Flask

from bench import crowd
from bench.loading import Loader
from bench.pages import Page
from bench.seeding import World, filling, member
from portal.kernel import clock
from portal.people.policy import name_words

SIZES = (500, 50_000)
# One person in so many has the skill; the last is borne by some thirty, however many there are.
SKILLS = (("ledning", 2), ("betong", 20), ("akustik", 500))
RARE, BEARERS = "orgelbygge", 30
MUNICIPALITIES = ("0180", "1480", "2480", "1280", "0580", "2482", "0980", "1880")
# Nobody is held back here.
SETTINGS = {"PORTAL_NAMES_PER_HOUR": "1000000", "PORTAL_PROFILES_PER_HOUR": "1000000"}

PAGES = (
    Page("people", "/people", signed_in=True),
    Page("people, 10 pages on", "/people", signed_in=True, deep=10),
    Page("people, fragment for htmx", "/people?q=an", signed_in=True, partial=True),
    Page("by name", "/people?q=planst", signed_in=True, limit=3),
    Page("by a name that many bear", "/people?q=a", signed_in=True, limit=3),
    Page("skill of every other", f"/people?skill={SKILLS[0][0]}", signed_in=True, limit=3),
    Page("skill of one in 20", f"/people?skill={SKILLS[1][0]}", signed_in=True, limit=3),
    Page("skill of one in 500", f"/people?skill={SKILLS[2][0]}", signed_in=True, limit=3),
    Page("skill of thirty", f"/people?skill={RARE}", signed_in=True, limit=3),
    Page("municipality", "/people?place=2480", signed_in=True, limit=3),
    Page("county", "/people?place=24", signed_in=True, limit=3),
    Page("relation", "/people?relation=alumnus", signed_in=True, limit=3),
    Page("my network", "/people?network=network-8", signed_in=True, limit=3),
    Page("skill and place", "/people?skill=betong&place=2480", signed_in=True, limit=3),
    Page("name, skill, place", "/people?q=a&skill=ledning&place=24", signed_in=True, limit=3),
    Page("nobody", "/people?skill=finnsinte", signed_in=True, limit=3),
    Page("one person", "/people/p00000000042", signed_in=True, limit=3),
)


def seed(portal: Flask, count: int) -> World:
    """Fill an empty database with `count` people who tell about themselves."""
    now = clock.now()
    with portal.app_context():
        with filling() as loader:
            crowd.write_people(loader, count, now)
            crowd.write_networks(loader, count, now)
            _write_profiles(loader, count, now)
        return member(count, count)


def _write_profiles(loader: Loader, count: int, _now: datetime) -> None:
    places = ",".join(f"WHEN {n} THEN '{code}'" for n, code in enumerate(MUNICIPALITIES))
    parts = places.replace(",", " ")
    loader.run(f"UPDATE person SET municipality = CASE id % {len(MUNICIPALITIES)} {parts} END")
    seen = "CASE WHEN id % 3 = 0 THEN 'nobody' WHEN id % 3 = 1 THEN 'networks' ELSE 'members' END"
    fields = ("headline", "municipality", "skills", "relations")
    loader.run("UPDATE person SET " + ", ".join(f"{field}_shown = {seen}" for field in fields))
    loader.run("UPDATE relation SET ended_on = NULL WHERE id % 2 = 0")
    loader.write("skill", ("person_id", "folded", "label"), _skills(count))
    loader.write("name_word", ("person_id", "word"), _words(count))


def _words(count: int) -> Iterator[tuple[int, bytes]]:
    for id in range(1, count + 1):
        for word in name_words(crowd.name_of(id)):
            yield id, word


def _skills(count: int) -> Iterator[tuple[Any, ...]]:
    step = max(1, count // BEARERS)
    for id in range(1, count + 1):
        for skill, each in SKILLS:
            if id % each == each // 2:
                yield id, skill, skill.title()
        if id % step == 1:
            yield id, RARE, RARE.title()
