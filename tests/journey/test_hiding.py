"""One entry: how others read it, hiding it from the networks and showing it again."""

import pytest
from sqlalchemy import func, select

from portal.accounts.facts import PasswordChanged
from portal.journey.models import HiddenEntry
from portal.kernel.db import session, unit_of_work
from portal.networks.facts import MembershipApproved, NetworkJoined, NetworkLeft
from portal.people.models import Person
from tests.journey.reading import BOTH, happens, latest

HTMX = pytest.mark.parametrize("htmx", BOTH)
ODD = ("0", "999999", "9" * 18, "9" * 19, "9" * 30, "x", "-1", "1.5")


@pytest.fixture
def joined(personas):
    """The number of an entry that networks are told."""
    return happens(NetworkJoined(personas.alice.id, personas.network.id, 1))


def hidden():
    session().rollback()
    return session().scalar(select(func.count()).select_from(HiddenEntry))


def test_the_person_reads_how_others_read_it(personas, alice, joined):
    text = alice.get(f"/journey/entries/{joined}").text
    assert "Du gick med i Bygg" in text
    assert text.count("Gick med i") == 2
    assert "Dölj det för mina nätverk" in text


def test_who_sees_it_is_said_anew_when_it_is_hidden(personas, make, alice, joined):
    with unit_of_work() as work:
        alices = work.get_one(Person, personas.alice.id)
        alices.name_shown = alices.journey_shown = "members"
    path = f"/journey/entries/{joined}"
    assert "Du, personalen, alla medlemmar" in alice.get(path).text
    alice.post(f"{path}/hiding")
    assert "Du och personalen" in alice.get(path).text
    assert "alla medlemmar" not in alice.get(path).text


def test_what_others_never_read_has_no_button(personas, make, alice):
    me = personas.alice.id
    secret = happens(PasswordChanged(me))
    left = happens(NetworkLeft(me, personas.network.id, 1))
    make.relation(personas.alice, "candidate")
    candidate = latest(personas.alice, "RelationBegan")
    for number in (secret, left, candidate):
        text = alice.get(f"/journey/entries/{number}").text
        assert "Ingenting: det här får de aldrig veta." in text
        assert "Dölj det" not in text
    assert "Ingenting: det här är bara ditt." in alice.get(f"/journey/entries/{secret}").text
    assert "Ingen på din arbetsplats" in alice.get(f"/journey/entries/{candidate}").text


@HTMX
def test_hiding_and_showing_again_also_twice(alice, joined, htmx):
    path = f"/journey/entries/{joined}"
    for act, left, words in (
        ("hiding", 1, "Dina nätverk läser inte det här längre."),
        ("showing", 0, "Dina nätverk får läsa det här igen"),
    ):
        for _time in range(2):
            answer = alice.post(f"{path}/{act}", htmx=htmx)
            assert answer.status_code == (200 if htmx else 303)
            assert hidden() == left
        text = answer.text if htmx else alice.get(path).text
        assert words in text
        assert ("Låt mina nätverk läsa det igen" in text) is bool(left)
        assert ("Dolt för dina nätverk" in alice.get("/journey").text) is bool(left)
    if htmx:
        assert answer.text.lstrip().startswith('<section id="hiding"')


@HTMX
def test_what_is_never_told_can_not_be_hidden(personas, alice, htmx):
    left = happens(NetworkLeft(personas.alice.id, personas.network.id, 1))
    assert alice.post(f"/journey/entries/{left}/hiding", htmx=htmx).status_code == 403
    assert hidden() == 0


@HTMX
def test_other_peoples_entries_do_not_exist(personas, alice, joined, htmx):
    for person in (personas.bob, personas.mona, personas.kim):
        stranger = personas.browser(person)
        assert stranger.get(f"/journey/entries/{joined}", htmx=htmx).status_code == 404
        for act in ("hiding", "showing"):
            path = f"/journey/entries/{joined}/{act}"
            assert stranger.post(path, htmx=htmx).status_code == 404
    assert hidden() == 0


@HTMX
@pytest.mark.parametrize("number", ODD)
def test_what_never_was_does_not_exist(alice, number, htmx):
    assert alice.get(f"/journey/entries/{number}", htmx=htmx).status_code == 404
    for act in ("hiding", "showing"):
        assert alice.post(f"/journey/entries/{number}/{act}", htmx=htmx).status_code == 404


def test_an_entry_that_is_told_by_another_has_no_page(personas, alice):
    approved = happens(MembershipApproved(personas.alice.id, None, personas.network.id, 1))
    assert alice.get(f"/journey/entries/{approved}").status_code == 404


@HTMX
def test_without_a_token_nothing_is_hidden(alice, joined, htmx):
    path = f"/journey/entries/{joined}/hiding"
    assert alice.post(path, htmx=htmx, token="").status_code == 400
    assert hidden() == 0


def test_the_page_and_the_act_ask_little(alice, joined, count_queries):
    with count_queries() as count:
        alice.get(f"/journey/entries/{joined}")
    assert count.total <= 4
