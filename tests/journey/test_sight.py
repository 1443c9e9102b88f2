"""Who reads what of a journey: the person, our staff, their networks; hidden is hidden everywhere."""

from datetime import date, timedelta

import pytest
from flask import Flask
from jinja2 import Environment

from portal.directory.queries import found_person, profile_of
from portal.events.facts import PlaceTaken
from portal.journey.views.sections import for_networks, for_staff
from portal.kernel import clock
from portal.kernel.actors import VISITOR, Actor
from portal.kernel.db import session, unit_of_work
from portal.networks.facts import NetworkJoined, NetworkLeft
from portal.networks.models import Membership
from portal.openings.facts import OpeningSaved
from portal.people.actions import renew_affiliations
from portal.people.models import EmailAddress, Person
from tests.journey.reading import happens, latest, plain, read_by_others

ADMIN = frozenset({"administrator"})


@pytest.fixture
def alice(personas, make):
    """Alice has done all sorts of things, and lets her networks read her journey."""
    person, network = personas.alice, personas.network
    show(person, journey_shown="networks", relations_shown="networks")
    make.relation(person, "candidate", began_on=date(2016, 1, 1), ended_on=date(2016, 5, 1))
    make.relation(person, "alumnus", began_on=date(2019, 1, 1))
    happens(NetworkJoined(person.id, network.id, 1), 20)
    event = make.event("Frukost")
    make.registration(person, event)
    happens(PlaceTaken(person.id, event.id, 1), 10)
    happens(OpeningSaved(person.id, make.opening("Snickare").id), 9)
    browser = personas.browser(person)
    for shown, text in (("nobody", "Hemligt minne"), ("networks", "Minne för nätverken")):
        typed = {"year": "2018", "month": "", "day": "", "text": text, "shown": shown}
        assert browser.post("/journey/memories", typed).status_code == 303
    return person


@pytest.fixture
def colleague(personas, make):
    """Bob shares Alice's network."""
    make.membership(personas.bob, personas.network)
    return Actor(personas.bob.id, personas.bob.name)


def show(person, **shown):
    with unit_of_work():
        row = session().get_one(Person, person.id)
        for field, audience in shown.items():
            setattr(row, field, audience)


def seen_by(viewer, person):
    """The person as far as somebody sees them, as their page is made from it."""
    found = found_person(person.public_id, viewer)
    return profile_of(found.person, found.reach) if found else None


def read(viewer, person, by=for_networks):
    """What somebody reads of a person's journey, in the section of a page."""
    session().rollback()
    thing = seen_by(viewer, person) if by is for_networks else session().get_one(Person, person.id)
    years = by(viewer, thing).part["years"] if thing else []
    entries = [one for _year, some in years for one in some]
    return [
        f"{plain(one.words)}: {plain(one.body)}" if one.body else plain(one.words)
        for one in entries
    ]


def test_the_network_reads_what_is_meant_for_it(alice, colleague):
    assert sorted(read(colleague, alice)) == [
        "Blev alumn från Kundidat",
        "Ett minne: Minne för nätverken",
        "Gick med i Bygg",
        "Kom hit för första gången",
        "Tog en plats på Frukost",
    ]


@pytest.mark.parametrize("journey", ["nobody", "networks", "members"])
@pytest.mark.parametrize("name", ["nobody", "networks", "members"])
def test_the_audience_is_the_one_that_was_chosen(personas, alice, colleague, journey, name):
    """The name's audience, the journey's audience: both must be reached."""
    show(alice, name_shown=name, journey_shown=journey)
    outsider = Actor(personas.charlie.id, personas.charlie.name)
    both = {name, journey}
    assert bool(read(colleague, alice)) is ("nobody" not in both)
    assert bool(read(outsider, alice)) is (both == {"members"})
    assert read(VISITOR, alice) == []
    assert read(Actor(alice.id, alice.name), alice) != []


def test_a_memory_for_the_networks_stays_there(personas, alice):
    show(alice, name_shown="members", journey_shown="members")
    outsider = Actor(personas.charlie.id, personas.charlie.name)
    assert read(outsider, alice)
    assert not any("Minne" in words for words in read(outsider, alice))


def test_relations_need_their_own_audience_too(alice, colleague):
    show(alice, relations_shown="nobody")
    assert not any("alumn" in words for words in read(colleague, alice))
    assert "Gick med i Bygg" in read(colleague, alice)


def test_looking_for_work_is_never_told_to_the_network(make, alice, colleague):
    make.relation(alice, "candidate", began_on=clock.now().date() - timedelta(days=3))
    show(alice, journey_shown="members", relations_shown="members", name_shown="members")
    words = " ".join(read(colleague, alice))
    assert "kandidat" not in words
    assert "Snickare" not in words
    assert "Hemligt" not in words


def test_only_what_the_reader_may_see_anyway(personas, make, alice, colleague):
    """A network's members, an event's guests: told to those who could know."""
    known = make.network("Ledning", visibility="known")
    hidden = make.network("Hemligt", visibility="hidden")
    inside = make.event("Middag", network_id=hidden.id, audience="members")
    for network in (known, hidden):
        make.membership(alice, network)
        happens(NetworkJoined(alice.id, network.id, 1))
    make.registration(alice, inside)
    happens(PlaceTaken(alice.id, inside.id, 1))
    words = " ".join(read(colleague, alice))
    for secret in ("Ledning", "Hemligt", "Middag"):
        assert secret not in words
    for network in (known, hidden):
        make.membership(personas.bob, network)
    words = " ".join(read(colleague, alice))
    for secret in ("Ledning", "Hemligt", "Middag"):
        assert secret in words


def test_what_is_no_longer_so_is_no_longer_told(alice, personas, colleague):
    happens(NetworkLeft(alice.id, personas.network.id, 1))
    other = personas.make.network("Annat")
    for person in (alice, personas.bob):
        personas.make.membership(person, other)
    with unit_of_work() as work:
        mine = work.query(Membership).filter_by(person_id=alice.id, network_id=personas.network.id)
        membership = mine.one()
        membership.ended_at, membership.ended_as = clock.now(), "left"
    assert "Gick med i Bygg" not in read(colleague, alice)


def test_a_hidden_entry_is_hidden_everywhere(personas, alice, colleague, make):
    """On the person's page, for every reader but the person and staff, whatever the order."""
    show(alice, name_shown="members", journey_shown="members", relations_shown="members")
    browser = personas.browser(alice)
    for name, words in (
        ("NetworkJoined", "Gick med i Bygg"),
        ("PlaceTaken", "Tog en plats på Frukost"),
        ("RelationBegan", "Blev alumn från Kundidat"),
        ("PersonArrived", "Kom hit för första gången"),
    ):
        assert words in read(colleague, alice)
        path = f"/journey/entries/{latest(alice, name)}"
        assert browser.post(f"{path}/hiding").status_code == 303
        for viewer in (
            colleague,
            Actor(personas.charlie.id),
            Actor(alice.id),
            Actor(1, roles=ADMIN),
        ):
            assert words not in read(viewer, alice)
        text = personas.browser(personas.bob).get(f"/people/{alice.public_id}").text
        assert words not in plain(text)
        for path in ("/journey", "/journey/print"):
            assert "Dolt för dina nätverk" in browser.get(path).text
    assert read(colleague, alice) == ["Ett minne: Minne för nätverken"]
    kim = Actor(personas.kim.id, personas.kim.name, ADMIN)
    assert "Gick med i Bygg" in read(kim, alice, for_staff)


def test_staff_read_what_is_not_the_persons_own(personas, alice):
    kim = Actor(personas.kim.id, personas.kim.name, ADMIN)
    assert len(read(kim, alice, for_staff)) == 7
    page = personas.browser(personas.kim).get(f"/journey/of/{alice.public_id}")
    everything = read_by_others(page)
    assert "Blev kandidat hos Kundidat" in everything
    assert "Minne för nätverken" in page.text
    for secret in ("Hemligt minne", "Snickare"):
        assert secret not in page.text


def test_the_wall_holds_for_staff(personas, make, alice):
    """An administrator who is Alice's colleague elsewhere never reads that she looked for work."""
    for person, address in ((alice, "alice@nordbygg.se"), (personas.kim, "kim@nordbygg.se")):
        with unit_of_work() as work:
            mine = work.query(EmailAddress).filter_by(person_id=person.id).one()
            mine.address = mine.folded = address
            work.flush()
            renew_affiliations(person.id)
    page = personas.browser(personas.kim).get(f"/journey/of/{alice.public_id}")
    assert "Blev alumn från Kundidat" in read_by_others(page)
    assert "kandidat" not in " ".join(read_by_others(page)).replace("Kundidat", "")
    other = make.administrator("Annan Administratör")
    assert "Blev kandidat hos Kundidat" in read_by_others(
        personas.browser(other).get(f"/journey/of/{alice.public_id}")
    )


def test_only_administrators_read_as_staff(personas, alice, browser):
    path = f"/journey/of/{alice.public_id}"
    for person in (personas.bob, personas.mona, alice):
        assert personas.browser(person).get(path).status_code == 404
    assert browser.get(path).status_code == 303
    assert personas.browser(personas.kim).get("/journey/of/missing").status_code == 404


def test_the_person_reads_who_may_read_each_entry(personas, alice):
    text = personas.browser(alice).get("/journey").text
    entries = text.split('<li id="entry-')[1:]
    by_words = {plain(one.split("<p>", 1)[1].split("</p>")[0]): one for one in entries}
    assert "Bara du" in by_words["Du sparade annonsen Snickare"]
    assert "Du, personalen, dina nätverk" in by_words["Du gick med i Bygg"]
    assert "Du och personalen" in by_words["Du blev kandidat hos Kundidat"]
    memories = [one for one in entries if "Hemligt minne" in one]
    assert "Bara du" in memories[0]
    show(alice, journey_shown="nobody")
    assert "dina nätverk</span>" not in personas.browser(alice).get("/journey").text


def test_a_section_is_two_queries(alice, colleague, count_queries):
    session().rollback()
    row, kim = session().get_one(Person, alice.id), Actor(1, roles=ADMIN)
    for by, viewer, thing in (
        (for_networks, colleague, seen_by(colleague, alice)),
        (for_staff, kim, row),
    ):
        with count_queries() as count:
            by(viewer, thing)
        assert count.total <= 2


def test_an_empty_section_says_nothing_to_networks(personas, portal: Flask):
    environment: Environment = portal.jinja_env
    show(personas.bob, name_shown="members")
    charlie = Actor(personas.charlie.id)
    section = for_networks(charlie, seen_by(charlie, personas.bob))
    assert environment.get_template(section.template).render(part=section.part).strip() == ""
