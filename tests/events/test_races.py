"""Places are never oversold: many people at once, through the whole portal, on both databases."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.events.models import Event, Registration
from portal.kernel import clock
from portal.kernel.db import session
from portal.kernel.facts import FactRow
from tests.support.crowd import click_together

ROOT = Path(__file__).resolve().parents[2]
TAKE, GIVE_BACK = "/events/e/registration", "/events/e/cancellation"
CROWD, PLACES = 64, 10


def counted():
    """The counter, and the ids of those who have a place."""
    session().rollback()
    taken = session().scalar(select(Event.taken).where(Event.slug == "e"))
    current = select(Registration.person_id).where(Registration.ended_at.is_(None))
    return taken, sorted(session().scalars(current))


def facts():
    session().rollback()
    told = FactRow.name.in_(("PlaceTaken", "PlaceGivenBack"))
    return Counter(session().scalars(select(FactRow.name).where(told)))


def crowd(personas, make, number):
    """So many people, each signed in at a browser of their own that has its token."""
    people = [make.person() for _ in range(number)]
    browsers = [personas.browser(person) for person in people]
    for browser in browsers:
        browser.get("/events/e")
    return people, browsers


def test_of_64_people_at_once_10_get_the_10_places(personas, make, portal):
    make.event(slug="e", capacity=PLACES)
    people, browsers = crowd(personas, make, CROWD)
    answers = [row[0] for row in click_together(portal, browsers, [TAKE])]
    codes = [answer.status_code for answer in answers]
    assert Counter(codes) == {200: PLACES, 409: CROWD - PLACES}
    told = sorted(
        person.id
        for person, answer in zip(people, answers, strict=True)
        if "Du har en plats" in answer.text
    )
    assert counted() == (PLACES, told)
    assert facts() == {"PlaceTaken": PLACES}


def test_sixteen_clicks_of_one_person_take_one_place(personas, make, portal):
    make.event(slug="e", capacity=1)
    browsers = [personas.browser(personas.bob) for _ in range(16)]
    for browser in browsers:
        browser.get("/events/e")
    answers = [row[0] for row in click_together(portal, browsers, [TAKE])]
    assert {answer.status_code for answer in answers} == {200}
    assert counted() == (1, [personas.bob.id])
    assert facts() == {"PlaceTaken": 1}
    answers = [row[0] for row in click_together(portal, browsers, [GIVE_BACK])]
    assert {answer.status_code for answer in answers} == {200}
    assert counted() == (0, [])
    assert facts() == {"PlaceTaken": 1, "PlaceGivenBack": 1}


def test_while_half_give_back_and_others_take_the_counter_stays_true(personas, make, portal):
    event = make.event(slug="e", capacity=PLACES)
    people, browsers = crowd(personas, make, 32)
    for person in people[:PLACES]:
        make.registration(person, event)
    # Those who have places let them go and want them back; the others just want one.
    paths = {True: [GIVE_BACK, TAKE, GIVE_BACK], False: [TAKE, GIVE_BACK, TAKE]}
    halves = [browsers[:PLACES], browsers[PLACES:]]
    for _round in range(2):
        for has, half in zip((True, False), halves, strict=True):
            answers = click_together(portal, half, paths[has])
            assert {answer.status_code for row in answers for answer in row} <= {200, 409}
            taken, holders = counted()
            assert taken == len(holders) <= PLACES
        mixed = [GIVE_BACK, TAKE]
        answers = click_together(portal, browsers, mixed)
        for person, row in zip(people, answers, strict=True):
            has = person.id in counted()[1]
            assert [row[0].status_code, has] == [200, row[1].status_code == 200]
        taken, holders = counted()
        assert taken == len(holders) == PLACES
    told = facts()
    assert PLACES + told["PlaceTaken"] - told["PlaceGivenBack"] == PLACES


@pytest.mark.parametrize("processes", [3])
def test_several_processes_sell_no_place_twice(personas, make, database, processes):
    make.event(slug="e", capacity=PLACES)
    ids = [make.person().id for _ in range(16 * processes)]
    session().rollback()
    command = [sys.executable, "-m", "tests.support.crowd"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    started = [subprocess.Popen(command, **pipes) for _ in range(processes)]
    try:
        url, now = database.url, clock.now().isoformat()
        for number, process in enumerate(started):
            asked = {"url": url, "now": now, "people": ids[number::processes], "paths": [TAKE]}
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
        assert [process.stdout.readline() for process in started] == ["ready\n"] * processes
        for process in started:
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [json.loads(process.communicate(timeout=90)[0]) for process in started]
    finally:
        for process in started:
            process.kill()
            process.wait()
    codes = {person: codes[0] for rows in said for person, codes in rows}
    assert Counter(codes.values()) == {200: PLACES, 409: len(ids) - PLACES}
    assert counted() == (PLACES, sorted(person for person in ids if codes[person] == 200))
