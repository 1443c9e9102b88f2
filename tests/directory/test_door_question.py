"""Before a door closes by itself, its person is asked by mail, once; scanners answer nothing."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from portal.accounts.queries import account_of
from portal.directory.jobs import ask_about_doors
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.people.models import EmailAddress, Person
from tests.directory.doors import choose, door_of, doors_of, facts, open_door, topics

BOTH = pytest.mark.parametrize("htmx", [False, True])
LINK = re.compile(r"/door/[a-z0-9]+/[0-9a-f]+")
TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Me:
    """Alice by her number: the worker lets go of all rows."""

    id: int


@pytest.fixture
def me(personas):
    return Me(personas.alice.id)


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


@pytest.fixture
def ask(mailbox):
    """Let the worker ask whoever is to be asked; the mails to Alice."""

    def asked(address="alice@example.com"):
        with unit_of_work():
            ask_about_doors()
        return mailbox.to(address)

    return asked


@pytest.fixture
def link(me, alice, ask):
    """Where the mail about Alice's open door leads, a fortnight before it closes."""
    open_door(me, "open", "Trä", expires_on=TODAY + timedelta(days=14))
    (mail,) = ask()
    return LINK.search(mail.text)[0]


def test_it_is_asked_a_fortnight_before_and_once(me, alice, ask):
    choose(alice, position="open")
    assert ask() == []
    closes = date(2027, 5, 23)
    with clock.stopped_at(clock.now() + (closes - TODAY) - timedelta(days=15)):
        assert ask() == []
    with clock.stopped_at(clock.now() + (closes - TODAY) - timedelta(days=14)):
        (mail,) = ask()
        assert ask() == [mail]
    assert mail.subject == "Är det fortfarande som du vill ha det?"
    assert "går det tillbaka av sig självt 23\u00a0maj" in mail.text
    with clock.stopped_at(clock.now() + timedelta(days=400)):
        assert len(ask()) == 1


def test_the_mail_says_nothing_that_a_colleague_must_not_read(me, alice, ask):
    open_door(me, "open", "Hemligt ämne", expires_on=TODAY)
    (mail,) = ask()
    for told in ("Hemligt", "öppen", "Öppen", "jobb", "kandidat", "dörr"):
        assert told not in mail.text.replace(LINK.search(mail.text)[0], ""), told
        assert told not in mail.html.replace(LINK.search(mail.text)[0], ""), told
        assert told not in mail.subject


def test_the_mail_is_in_the_readers_language(me, alice, ask):
    with unit_of_work():
        account_of(me.id).language = "en"
    open_door(me, "open", expires_on=TODAY)
    (mail,) = ask()
    assert mail.subject == "Is it still as you want it?"
    assert "You can let it stand again." in mail.text


def test_closed_doors_those_without_an_address_and_the_suspended_are_not_asked(make, ask, mailbox):
    open_door(make.person(address="closed@example.com"), "closed", expires_on=None)
    bare, kept_out = (Me(one.id) for one in (make.person(), make.person(suspended_at=clock.now())))
    with unit_of_work() as work:
        work.query(EmailAddress).filter_by(person_id=bare.id).delete()
        assert work.get_one(Person, kept_out.id).suspended_at
    for person in (bare, kept_out):
        open_door(person, "open", expires_on=TODAY)
    assert ask("closed@example.com") == []
    assert mailbox.all() == []
    assert door_of(bare).asked_at


@BOTH
def test_opening_the_link_changes_nothing(me, browser, link, htmx):
    for _time in range(3):
        answer = browser.get(link, htmx=htmx)
        assert answer.status_code == 200
    assert "Låt den stå ett halvår till" in answer.text
    assert "öppen" in answer.text
    assert len(doors_of(me)) == 1
    assert door_of(me).ended_at is None


@BOTH
def test_it_is_kept_by_the_link_without_signing_in(me, browser, link, htmx):
    answer = browser.post(f"{link}/confirmation", htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    text = answer.text if htmx else browser.get(answer.headers["Location"]).text
    assert "Din dörr står kvar som den är ett halvår till." in text
    door = door_of(me)
    assert (door.position, door.expires_on, topics(door)) == ("open", date(2027, 5, 23), ["Trä"])
    assert facts("DoorKept") == 1


@BOTH
def test_it_is_closed_by_the_link(me, browser, link, htmx):
    answer = browser.post(f"{link}/closing", htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    assert door_of(me).position == "closed"
    assert facts("DoorSet") == 1


@BOTH
@pytest.mark.parametrize("first", ["confirmation", "closing"])
@pytest.mark.parametrize("then", ["confirmation", "closing"])
def test_a_link_answers_once(me, browser, link, first, then, htmx):
    browser.post(f"{link}/{first}")
    before = [one.public_id for one in doors_of(me)]
    answer = browser.post(f"{link}/{then}", htmx=htmx)
    assert answer.status_code == 422
    assert "Den här länken har gjort sitt" in answer.text
    assert [one.public_id for one in doors_of(me)] == before
    shown = browser.get(link)
    assert shown.status_code == 200
    assert "Den här länken har gjort sitt" in shown.text
    assert "Låt den stå" not in shown.text


def test_a_link_is_over_when_the_door_was_set_anew(me, alice, browser, link):
    choose(alice, position="ajar")
    assert browser.post(f"{link}/closing").status_code == 422
    assert door_of(me).position == "ajar"


def test_a_link_is_over_after_a_month(me, browser, link):
    with clock.stopped_at(clock.now() + timedelta(days=30)):
        assert "Den stängdes av sig själv" in browser.get(link).text
    with clock.stopped_at(clock.now() + timedelta(days=30, seconds=1)):
        assert browser.post(f"{link}/confirmation").status_code == 422
    assert len(doors_of(me)) == 1


def test_a_door_that_closed_by_itself_is_opened_again_by_the_link(me, browser, link):
    with clock.stopped_at(clock.now() + timedelta(days=20)):
        browser.post(f"{link}/confirmation")
    assert door_of(me).expires_on == date(2027, 6, 13)


@pytest.mark.parametrize("change", ["secret", "door"])
def test_another_link_is_like_one_that_never_was(me, make, browser, link, change):
    _empty, _door, public_id, secret = link.split("/")
    other = open_door(make.person(), "open")
    wrong = f"/door/{public_id}/{'0' * 40}" if change == "secret" else ""
    wrong = wrong or f"/door/{other.public_id}/{secret}"
    for answer in (
        browser.get(wrong),
        browser.post(f"{wrong}/confirmation"),
        browser.post(f"{wrong}/closing"),
        browser.get("/door/missing/å"),
    ):
        assert answer.status_code == 404
    assert len(doors_of(me)) == 1


def test_many_are_asked_some_at_a_time(me, make, mailbox, monkeypatch):
    monkeypatch.setattr("portal.directory.jobs.AT_ONCE", 2)
    for number in range(5):
        open_door(make.person(address=f"door{number}@example.com"), "open", expires_on=TODAY)
    with unit_of_work():
        ask_about_doors()
    assert len(mailbox.all()) == 5
