"""The two-hats wall: organisation × viewer × field × surface.

People of a customer never see that somebody looks for work who belongs there or shuts them out,
whatever duty they have here; the same duty from elsewhere does see it, or the test would say nothing.
"""

from datetime import timedelta
from functools import cache
from itertools import product

import pytest

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.people.actions import begin_relation, renew_affiliations
from portal.people.models import Organisation, Person, Relation
from tests.directory.walled_world import DUTIES, FILTERS, OWNERS, WAYS, WalledWorld

EVERY_DUTY = pytest.mark.parametrize("duty", DUTIES)
EVERY_WAY = pytest.mark.parametrize("way", WAYS)
# Where those from elsewhere read each fact: else a fault in the test would look like a wall.
TOLD_TO_MEMBERS = {("page", "door"), ("page", "topic"), ("page", "place"), ("open doors", "name")}
TOLD_TO_STAFF = {
    ("page", "candidate"),
    ("candidates", "name"),
    ("journey", "candidate"),
    ("administration", "candidate"),
}
KNOWN = {
    "member": TOLD_TO_MEMBERS,
    "coordinator": TOLD_TO_MEMBERS,
    "administrator": TOLD_TO_MEMBERS | TOLD_TO_STAFF,
}


@pytest.fixture
def world(portal, make):
    return WalledWorld(portal, make)


def read(world, browser, owners):
    """What somebody reads of owners' candidate facts, plainly and by htmx: (surface, fact)."""
    # Some surfaces are the same for all owners, and are opened once.
    text_of = cache(lambda path, htmx: browser.get(path, htmx=htmx).text)
    found = {owner.name: set() for owner in owners}
    for owner, htmx in product(owners, (False, True)):
        for surface, path in world.surfaces(owner).items():
            text = text_of(path, htmx)
            told = {"name": owner.name} if surface in FILTERS else owner.markers
            found[owner.name] |= {(surface, fact) for fact, mark in told.items() if mark in text}
    return found


@EVERY_DUTY
@EVERY_WAY
def test_the_customers_people_read_no_candidate_fact_anywhere(world, way, duty):
    browser = world.viewer(way, duty)
    leaks = read(world, browser, world.owners)
    assert len(leaks) == len(OWNERS)
    assert not {name: found for name, found in leaks.items() if found}


@EVERY_DUTY
def test_those_from_elsewhere_do(world, duty):
    _person, browser = world.stranger(duty)
    assert len(world.owners) == len(OWNERS)
    found = read(world, browser, world.owners)
    assert found == dict.fromkeys(found, KNOWN[duty])


@EVERY_DUTY
def test_the_sentence_counts_those_from_elsewhere_and_not_the_customers(world, duty):
    before = [world.said(owner) for owner in world.owners]
    for way in WAYS:
        world.viewer(way, duty)
    assert [world.said(owner) for owner in world.owners] == before
    world.stranger(duty)
    after = [world.said(owner) for owner in world.owners]
    assert all(one != other for one, other in zip(before, after, strict=True))
    assert all("Nordbygg" in one or "nordbygg.se" in one for one in after)


def test_people_see_their_own_candidacy(world):
    for owner in world.owners:
        found = read(world, world.browser(owner), [owner])[owner.name]
        assert {("page", "door"), ("page", "topic"), ("page", "candidate")} <= found


@EVERY_DUTY
def test_the_wall_stands_with_the_first_day_and_falls_with_the_last(world, duty):
    person, browser = world.stranger(duty)
    person_id, today = person.id, clock.now().date()
    for ended_on, walled in ((None, True), (today, True), (today - timedelta(days=1), False)):
        _works_at(world.nordbygg.id, person_id, ended_on)
        found = read(world, browser, world.owners)
        assert found == dict.fromkeys(found, set() if walled else KNOWN[duty]), ended_on


def _works_at(organisation_id, person_id, ended_on):
    """Let a person work there since yesterday, until a day or without an end."""
    with unit_of_work() as work:
        known = work.query(Relation).filter_by(person_id=person_id, organisation_id=organisation_id)
        row = known.one_or_none()
        if row is None:
            person = work.get_one(Person, person_id)
            there = work.get_one(Organisation, organisation_id)
            began = clock.now().date() - timedelta(days=1)
            row = begin_relation(person, there, "employee", began, clock.now())
        row.ended_on = ended_on
        work.flush()
        renew_affiliations(person_id)
