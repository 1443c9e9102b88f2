"""The door on its owner's page: for those who may know of it, and at once for nobody else."""

from datetime import date, timedelta

import pytest

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.people.models import DoorPlace, Person
from tests.directory.doors import choose, open_door

TODAY = date(2026, 11, 23)
SECTION = 'id="seen-door"'
BOTH_WAYS = pytest.mark.parametrize("path", ["/people/{id}", "/people?door=1"])


@pytest.fixture
def viewers(personas):
    """Somebody near, a coordinator, an administrator, a stranger: each with an account."""
    bob = personas.bob
    personas.make.membership(bob, personas.network)
    names = {"near": bob, "coordinator": personas.mona, "administrator": personas.kim}
    names["stranger"] = personas.charlie
    return {name: personas.browser(person) for name, person in names.items()}


def page(personas):
    return f"/people/{personas.alice.public_id}"


def those_who_know(viewers, path):
    """Who finds the door there: on the page, or in the list of those who are open."""
    mark = "Alice" if path.startswith("/people?") else SECTION
    return {name for name, browser in viewers.items() if mark in browser.get(path).text}


@BOTH_WAYS
@pytest.mark.parametrize(
    ("position", "shown", "known_to"),
    [
        ("closed", "members", set()),
        ("ajar", "members", {"coordinator", "administrator"}),
        ("ajar", "networks", {"coordinator", "administrator"}),
        ("ajar", "nobody", {"administrator"}),
        ("open", "members", {"near", "stranger", "coordinator", "administrator"}),
        ("open", "networks", {"near", "coordinator", "administrator"}),
        ("open", "nobody", {"administrator"}),
    ],
)
def test_each_position_is_known_to_whom_it_says(personas, viewers, path, position, shown, known_to):
    alice_id = personas.alice.id
    with unit_of_work() as work:
        work.get_one(Person, alice_id).name_shown = shown
    open_door(personas.alice, position)
    assert those_who_know(viewers, path.format(id=personas.alice.public_id)) == known_to


@BOTH_WAYS
@pytest.mark.parametrize(
    ("more", "seen"),
    [
        ({"paused_until": TODAY}, False),
        ({"paused_until": TODAY - timedelta(days=1)}, True),
        ({"expires_on": TODAY}, False),
        ({"expires_on": TODAY + timedelta(days=1)}, True),
        ({"ended_at": clock.now()}, False),
    ],
)
def test_a_door_that_rests_or_is_over_is_seen_by_nobody_at_once(
    personas, viewers, path, more, seen
):
    open_door(personas.alice, "open", **more)
    found = those_who_know(viewers, path.format(id=personas.alice.public_id))
    assert found == ({"near", "coordinator", "administrator"} if seen else set())


def test_closing_it_counts_with_the_next_request(personas, viewers):
    alice = personas.browser(personas.alice)
    choose(alice, position="open")
    assert SECTION in viewers["near"].get(page(personas)).text
    alice.post("/journey/door/closing")
    assert those_who_know(viewers, page(personas)) == set()


def test_it_tells_what_was_chosen_and_how_often_only_those_who_might_ask(personas, viewers):
    door = open_door(
        personas.alice, "open", "Trähus & sten", earliest_on=date(2027, 2, 1),
        contact_months=3, employed=True, gig=True,
    )  # fmt: skip
    with unit_of_work() as work:
        work.add(DoorPlace(door_id=door.id, code="2480"))
        work.add(DoorPlace(door_id=door.id, code="23"))
    for name in ("near", "coordinator", "administrator"):
        text = viewers[name].get(page(personas)).text
        section = text.split(SECTION)[1].split("</section>")[0]
        for told in ("Trähus &amp; sten", "Umeå", "Jämtlands län", "Anställd, Gig", "2027"):
            assert told in section
        assert "Kollegor till Alice Åkerlund ser aldrig detta" in section
        assert ("Högst en gång på 3 månader" in section) == (name != "near")


def test_on_my_own_page_i_see_it_as_others_know_it(personas):
    alice = personas.browser(personas.alice)
    assert SECTION not in alice.get(page(personas)).text
    choose(alice, position="ajar", topics=["Trä"])
    own = alice.get(page(personas)).text
    assert SECTION in own
    assert 'href="/journey/door"' in own
    seen_as = "/journey/as-others-see-me?viewer="
    assert SECTION in alice.get(f"{seen_as}coordinator:bygg").text
    assert SECTION in alice.get(f"{seen_as}administrator").text
    assert SECTION not in alice.get(f"{seen_as}near:bygg").text
    assert SECTION not in alice.get(f"{seen_as}visitor").text
    alice.post("/journey/door/pause")
    assert SECTION not in alice.get(page(personas)).text


def test_of_a_suspended_person_nobody_knows(personas, viewers):
    open_door(personas.alice, "open")
    with unit_of_work() as work:
        work.get_one(Person, personas.alice.id).suspended_at = clock.now()
    assert viewers["administrator"].get(page(personas)).status_code == 200
    for path in (page(personas), "/people?door=1"):
        assert those_who_know(viewers, path) == set()
