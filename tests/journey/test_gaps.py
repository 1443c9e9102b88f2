"""What is kept from a reader leaves no trace: no short page, no count, no gap to read on over."""

import re
from datetime import date, timedelta

import pytest

from portal.journey.models import HiddenEntry, Memory
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.paging import PAGE_SIZE
from portal.networks.facts import NetworkJoined, NetworkLeft
from portal.people.actions import renew_affiliations
from portal.people.facts import RelationEnded
from portal.people.models import EmailAddress, Person, Relation
from tests.journey.reading import happens, read_by_others

MORE = re.compile(r'rel="next" href="([^"]+)"')


@pytest.fixture
def alice(personas):
    person = personas.alice
    with unit_of_work():
        row = session().get_one(Person, person.id)
        row.name_shown = row.journey_shown = row.relations_shown = "members"
    return person


def pages(browser, person):
    """The lines of each page that staff read, to the end."""
    path, found = f"/journey/of/{person.public_id}", []
    while path:
        answer = browser.get(path)
        found.append(read_by_others(answer))
        more = MORE.search(answer.text)
        path = more[1].replace("&amp;", "&") if more else None
    return found


def remembers(personas, times):
    """Write memories for oneself down, one day after the other back from yesterday."""
    browser, today = personas.browser(personas.alice), clock.now().date()
    for number in range(times):
        on = today - timedelta(days=number + 1)
        typed = {"year": str(on.year), "month": str(on.month), "day": str(on.day)}
        typed |= {"text": f"Hemligt {number}", "shown": "nobody"}
        assert browser.post("/journey/memories", typed).status_code == 303


def test_private_memories_leave_no_gap_for_staff(personas, alice):
    for number in range(45):
        happens(NetworkLeft(alice.id, personas.network.id, 1), number)
    kim, _account = personas.browser(personas.kim), personas.browser(alice)
    before = pages(kim, alice)
    remembers(personas, 30)
    assert session().query(Memory).count() == 30
    assert pages(kim, alice) == before
    assert [len(page) for page in before] == [PAGE_SIZE, PAGE_SIZE, 7]
    assert "Hemligt" not in kim.get(f"/admin/people/{alice.public_id}").text


def test_the_wall_leaves_no_gap_either(personas, make, alice):
    """A colleague among our staff reads full pages, though half of it is about looking for work."""
    make.relation(alice, "candidate", began_on=date(2020, 1, 1))
    looking = session().query(Relation.id).filter_by(person_id=alice.id).scalar()
    for number in range(45):
        happens(NetworkLeft(alice.id, personas.network.id, 1), number)
        happens(RelationEnded(alice.id, looking, 1, None), number)
    walled = make.administrator("Vera Väggen")
    for person, name in ((alice, "a"), (walled, "v")):
        with unit_of_work() as work:
            address = work.query(EmailAddress).filter_by(person_id=person.id).one()
            address.address = address.folded = f"{name}@nordbygg.se"
            work.flush()
            renew_affiliations(person.id)
    read = pages(personas.browser(walled), alice)
    assert [len(page) for page in read] == [PAGE_SIZE, PAGE_SIZE, 6]
    assert "andidat hos" not in str(read)
    assert sum(len(page) for page in pages(personas.browser(personas.kim), alice)) == 46 + 46


def test_what_is_hidden_makes_room_for_what_is_not(personas, make, alice):
    """Networks read the latest five of what is not hidden, however much is."""
    numbers = []
    for number in range(60):
        network = make.network(f"Nät {number:02}")
        make.membership(alice, network)
        numbers.append(happens(NetworkJoined(alice.id, network.id, 1), number + 1))
    path, bob = f"/people/{alice.public_id}", personas.browser(personas.bob)
    assert read_by_others(bob.get(path)) == [
        "Kom hit för första gången",
        *(f"Gick med i Nät {number:02}" for number in range(4)),
    ]
    with unit_of_work() as work:
        work.add_all(
            HiddenEntry(person_id=alice.id, fact_id=number, hidden_at=clock.now())
            for number in numbers[:50]
        )
    text = bob.get(path).text
    assert read_by_others(bob.get(path)) == [
        "Kom hit för första gången",
        *(f"Gick med i Nät {number}" for number in range(50, 54)),
    ]
    for trace in ("dolt", "Dolt", "dold", "60", "50 ", "entry-", 'rel="next"'):
        assert trace not in text.split("Resan hittills")[1].split("</section>")[0]


def test_private_memories_make_room_too(personas, make, alice):
    happens(NetworkJoined(alice.id, personas.network.id, 1), 300)
    remembers(personas, 45)
    bob = personas.browser(personas.bob)
    assert "Gick med i Bygg" in read_by_others(bob.get(f"/people/{alice.public_id}"))
