"""What has been seen to, or left, stops waiting; what is old is forgotten; two people become one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.journey.actions import answer_correction, ask_for_correction
from portal.journey.queries import waiting_wishes
from portal.kernel import clock, worker
from portal.kernel.actors import Actor
from portal.kernel.db import session, unit_of_work
from portal.notifications.actions import News, read_notice, tell
from portal.notifications.jobs import forget_old_notices
from portal.people.actions import merge_people, preview_merge
from portal.people.models import Person, Relation
from tests.conftest import NOW
from tests.directory.doors import organisation
from tests.notifications.telling import items, notices, unread, unsettled
from tests.support.notices import account, tell_of_event, tell_of_opening

WORDS = "Jag har byggt trähus i tio år."


@pytest.fixture
def coordinators(personas, make):
    sven = make.person("Sven Andersson")
    make.membership(sven, personas.network, role="coordinator")
    return [account(personas.mona), account(sven)]


def ask(personas, *people):
    for person in people:
        personas.browser(person).post("/networks/bygg/membership", {"motivation": WORDS})
    worker.drain()


def decide(personas, person, act, **form):
    path = f"/networks/bygg/requests/{person.public_id}/{act}"
    personas.browser(personas.mona).post(path, form)
    worker.drain()


@pytest.mark.parametrize("act", ["approval", "refusal", "withdrawal"])
def test_a_request_that_is_answered_waits_for_nobody(personas, coordinators, act):
    ask(personas, personas.bob)
    assert [unread(one) for one in coordinators] == [1, 1]
    if act == "withdrawal":
        personas.browser(personas.bob).post("/networks/bygg/request/withdrawal")
        worker.drain()
    else:
        decide(personas, personas.bob, act, reason="Nätverket är för andra just nu.")
    waiting = [one for each in coordinators for one in notices(each) if one.kind == "requests"]
    assert [one.read_at for one in waiting] == [NOW, NOW]
    if act != "approval":  # then Sven hears that Bob has come
        assert [unread(one) for one in coordinators] == [0, 0]
        assert [unsettled(one) for one in coordinators] == [0, 0]
    page = personas.browser(coordinators[1]).get("/notices").text
    assert ("Bob Berg ville vara med" in page) == (act != "withdrawal")
    assert "Bob Berg vill vara med" not in page


def test_of_several_requests_those_that_wait_are_told(personas, make, coordinators):
    people = [make.person(f"Person {name}") for name in ("Ek", "Gran", "Tall")]
    ask(personas, *people)
    sven = personas.browser(coordinators[1])
    assert "3 personer vill vara med i Bygg" in sven.get("/notices").text
    decide(personas, people[0], "refusal", reason="Nätverket är för andra just nu.")
    assert "2 personer vill vara med i Bygg" in sven.get("/notices").text
    assert unread(coordinators[1]) == 1


def test_leaving_a_network_closes_what_waited_there_and_nothing_else(personas, make):
    alice, secret = account(personas.alice), make.network("Hemligt", visibility="hidden")
    make.membership(alice, secret)
    inside = make.event("Middag", network_id=secret.id, audience="members")
    both = make.opening("Snickare", networks=[secret, personas.network], audience="networks")
    elsewhere = make.event("Frukost", network_id=personas.network.id)
    tell_of_event(inside, alice)
    tell_of_opening(both, secret, alice)
    tell_of_event(elsewhere, alice)
    personas.browser(alice).post(f"/networks/{secret.slug}/departure")
    worker.drain()
    closed = {
        one.kind: one.read_at is not None for one in notices(alice) if one.network_id == secret.id
    }
    assert closed == {"events": True, "openings": False}, "the opening is shown in the other, too"
    assert unread(alice) == 2
    assert unsettled(alice) == 2


def wish_of(personas, make, person):
    make.relation(person, "consultant")
    relation = session().scalars(select(Relation.id).where(Relation.person_id == person.id)).one()
    with unit_of_work():
        ask_for_correction(Actor(person.id, person.name), None, relation, WORDS, NOW)
    worker.drain()


def test_administrators_hear_of_a_correction_and_the_person_of_its_answer(personas, make):
    people = [account(personas.kim), account(make.administrator("Ada Admin"))]
    alice = account(personas.alice)
    ids = [one.id for one in (*people, alice)]
    wish_of(personas, make, alice)
    kim, other, alice = (session().get_one(Person, number) for number in ids)
    assert [unread(one) for one in (kim, other)] == [1, 1]
    assert "Alice Åkerlund vill få något rättat" in personas.browser(other).get("/notices").text
    actor = Actor(kim.id, kim.name, frozenset({"administrator"}))
    (wish,) = waiting_wishes(actor, NOW).rows
    with unit_of_work():
        answer_correction(actor, wish, "corrected", "Rättat.", NOW)
    worker.drain()
    kim, other, alice = (session().get_one(Person, number) for number in ids)
    assert [unread(one) for one in (kim, other)] == [0, 0]
    assert "Svar om det du ville få rättat" in personas.browser(alice).get("/notices").text


def test_a_correction_is_not_told_across_the_wall(personas, make):
    works, kim = organisation("Nordbygg AB", "nordbygg.se"), account(personas.kim)
    seeker = account(make.person("Sökande Sara"))
    for person in (kim, seeker):
        make.relation(person, "customer_contact", organisation=works)
    make.relation(seeker, "candidate")
    number = kim.id
    looking = session().scalars(
        select(Relation.id).where(Relation.person_id == seeker.id, Relation.kind == "candidate")
    )
    with unit_of_work():
        ask_for_correction(Actor(seeker.id, seeker.name), None, looking.one(), WORDS, NOW)
    worker.drain()
    kim = session().get_one(Person, number)
    seen = waiting_wishes(Actor(kim.id, kim.name, frozenset({"administrator"})), NOW).rows
    assert seen == []
    assert unread(kim) == 0


def test_after_twelve_months_a_notice_is_forgotten_and_no_longer_counted(personas, make):
    alice = account(personas.alice)
    old, new = (make.event(network_id=personas.network.id) for _ in range(2))
    tell_of_event(old, alice, at=NOW - timedelta(days=366))
    tell_of_opening(make.opening(networks=[personas.network]), personas.network, alice)
    assert unread(alice) == 2
    with unit_of_work():
        forget_old_notices()
    assert [one.kind for one in notices(alice)] == ["openings"]
    assert unread(alice) == 1
    tell_of_event(new, alice, at=NOW - timedelta(days=364))
    with unit_of_work():
        forget_old_notices()
    assert unread(alice) == 2


def told(person, number, about="network:1", at=NOW, kind="openings"):
    with unit_of_work():
        tell([person.id], News(kind, "OpeningPublished", number, about), at)


def test_two_people_who_become_one_are_told_everything_once(personas, make):
    alice, double = account(personas.alice), account(make.person("Alice Å"))
    for number in (1, 2):
        told(alice, number)
    for number in (2, 3):
        told(double, number, at=NOW + timedelta(hours=1))
    told(double, 1, about="network:9")  # told to both, in another notice
    told(double, 4, about="network:8")
    with unit_of_work():
        read_notice(Actor(double.id), notices(double)[0].id, NOW)
    kim = Actor(personas.kim.id, "Kim", frozenset({"administrator"}))
    with unit_of_work() as work:
        kept, gone = work.get_one(Person, alice.id), work.get_one(Person, double.id)
        seen = preview_merge(kept, gone, frozenset(), NOW).seen
        merge_people(kim, kept.id, gone.id, seen, frozenset(), NOW)
    assert items() == [("OpeningPublished", number) for number in (1, 2, 3, 4)]
    found = {one.about: (one.count, one.at) for one in notices(alice)}
    later = NOW + timedelta(hours=1)
    assert found["network:1"] == (3, later)
    assert set(found) == {"network:1", "network:8"}
    unread(alice)
    with clock.stopped_at(NOW):
        assert personas.browser(alice).get("/notices").status_code == 200
