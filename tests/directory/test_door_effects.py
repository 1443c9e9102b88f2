"""The sentence says how many would see my door: as many as do, in worlds made at random."""

import re
from collections import Counter

import pytest
from sqlalchemy import select

from portal.directory.queries import door_effects
from portal.directory.queries.doors import sees_door
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import session
from tests.directory.doors import PATH, choose, filled, sentence
from tests.directory.random_world import World
from tests.support.browser import Browser

COUNTED = re.compile(r"(\d+) (samordnare|administratör|medlem)")
MIXED = 1
WORLDS = pytest.mark.parametrize("seed", range(8))


def said(browser, form):
    """How many of each the sentence counts."""
    words = sentence(browser.post(f"{PATH}/effect", form, htmx=True))
    found = {kind: int(number) for number, kind in COUNTED.findall(words)}
    assert found or words == "Ingen kan se detta."
    return found


def those_who_know(world, browsers):
    """Open the owner's page and the list of open doors as everybody who can sign in."""
    path, knowing = f"/people/{world.owner.public_id}", set()
    for person_id, browser in browsers.items():
        on_page = 'id="seen-door"' in browser.get(path).text
        in_list = "Alice Åkerlund" in browser.get("/people?door=1&q=alice").text
        assert on_page == in_list
        knowing |= {person_id} if on_page else set()
    return knowing


def kinds(world, knowing):
    """Count people by the first of their duties, as the sentence does."""
    counted = Counter()
    for person_id in knowing:
        if person_id in world.coordinators:
            counted["samordnare"] += 1
        elif person_id in world.administrators:
            counted["administratör"] += 1
        else:
            counted["medlem"] += 1
    return dict(counted)


@WORLDS
def test_the_sentence_counts_those_who_see_it(portal, make, seed, monkeypatch):
    """So it does, when only so many of a large network's members are looked at first."""
    world = World(make, seed)
    owner, today = Browser(portal).sign_in(world.owner), clock.now().date()
    able = [one for one in world.others if one.id in world.with_account]
    browsers = {one.id: Browser(portal).sign_in(one) for one in able}
    for position in ("closed", "ajar", "open"):
        form = {"position": position} | world.choice()
        promised = said(owner, filled(**form))
        with monkeypatch.context() as patched:
            patched.setattr(door_effects, "ENOUGH", 1)
            assert said(owner, filled(**form)) == promised, "a few, and all, give the same"
        choose(owner, **form)
        knowing = those_who_know(world, browsers)
        assert promised == kinds(world, knowing), (position, form)
        assert promised == said(owner, filled(**form))
        seen_by = {
            person_id
            for person_id in browsers
            if session().scalar(select(sees_door(Actor(person_id), world.owner.id, today)))
        }
        assert seen_by == knowing, "the condition for lists is the same"


def test_the_dice_make_viewers_of_every_kind(portal, make):
    """Else the counts above would say little."""
    world = World(make, seed=MIXED)
    counted = said(Browser(portal).sign_in(world.owner), filled())
    assert set(counted) == {"samordnare", "administratör", "medlem"}
    assert sum(counted.values()) < len(world.with_account)


def test_more_than_a_thousand_are_not_counted_one_by_one(personas, monkeypatch):
    monkeypatch.setattr(door_effects, "MOST_COUNTED", 2)
    monkeypatch.setattr("portal.directory.policy.effects.MOST_COUNTED", 2)
    door_effects._counted.cache_clear()
    for number in range(4):
        person = personas.make.person(f"Person {number}")
        personas.make.membership(person, personas.network)
        personas.browser(person)
    alice = personas.browser(personas.alice)
    answer = alice.post(f"{PATH}/effect", filled(), htmx=True)
    assert sentence(answer) == "Fler än tusen medlemmar kan se detta."
    door_effects._counted.cache_clear()
