"""Somebody who is suspended comes in by no way, and what they held ends at the next request."""

import pytest

from portal.accounts import actions
from portal.accounts.policy import may_sign_in
from portal.kernel.db import session, unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.people.models import Person, Suspension
from tests.accounts.addresses import give
from tests.accounts.walk import GOOD_PASSWORD, asked, code_in, is_in, latest, link_in
from tests.conftest import NOW
from tests.support.browser import Browser

ALICE = "alice@example.com"
WORDS = "Ditt konto är avstängt tills vidare"
REASON = "Skrev hotfulla inlägg."


def suspend(person, reason=REASON):
    with unit_of_work() as work:
        session().get_one(Person, person.id).suspended_at = NOW
        work.add(Suspension(person_id=person.id, reason=reason, began_at=NOW))


def lift(person):
    with unit_of_work() as work:
        session().get_one(Person, person.id).suspended_at = None
        work.query(Suspension).update({"ended_at": NOW})


@pytest.fixture
def alice(personas):
    """Alice's browser from before she was suspended; she has a password."""
    browser = personas.browser(personas.alice)
    browser.post("/account/password", {"password": GOOD_PASSWORD})
    suspend(personas.alice)
    return browser


def test_what_they_held_ends_at_the_next_request(alice, personas):
    assert not is_in(alice)
    assert alice.post("/account/addresses/new", {"email": "x@example.net"}).status_code == 303
    lift(personas.alice)
    assert is_in(alice)


@pytest.mark.parametrize("htmx", [False, True])
def test_no_way_in_is_open_and_who_has_proved_the_address_is_told_why(
    alice, browser, mailbox, htmx
):
    mail = asked(browser, mailbox, ALICE)
    form = {"email": ALICE, "password": GOOD_PASSWORD}
    answers = [
        browser.post("/sign-in/code", {"code": code_in(mail)}, htmx=htmx),
        browser.post(link_in(mail), htmx=htmx),
        browser.post("/sign-in/password", form, htmx=htmx),
    ]
    for answer in answers:
        assert answer.status_code == 422
        assert WORDS in answer.text
        assert REASON in answer.text
    assert not is_in(browser)


def test_a_stranger_learns_nothing(alice, personas):
    """Without the code and the password the answers are those for anybody."""
    assert personas.bob
    seen = []
    for address in (ALICE, "bob@example.com", "nobody@example.com"):
        stranger = Browser(personas.app)
        answers = [
            stranger.post("/sign-in", {"email": address}),
            stranger.post("/sign-in/code", {"code": "000000"}),
            stranger.post("/sign-in/password", {"email": address, "password": "wrong"}),
        ]
        assert not any(WORDS in answer.text for answer in answers)
        seen.append([(one.status_code, one.headers.get("Location")) for one in answers])
    assert seen[0] == seen[1] == seen[2]


def test_every_other_way_stops_at_the_same_place(alice, personas):
    """Passkeys, organisations and the demo all begin a session by `enter_as`."""
    with pytest.raises(NotAllowed) as refused, unit_of_work():
        actions.enter_as(session().get_one(Person, personas.alice.id), "B", NOW)
    assert REASON in str(refused.value.reason)


def test_a_mailed_link_of_theirs_does_nothing(personas, mailbox):
    browser = personas.browser(personas.alice)
    browser.post("/account/addresses/new", {"email": "x@example.net"})
    text = latest(mailbox).text
    [link] = [line for line in text.splitlines() if "/account/addresses/link/" in line]
    path = link.removeprefix("http://127.0.0.1:5000")
    suspend(personas.alice)
    assert browser.post(path).headers["Location"].startswith("/sign-in")
    assert browser.get(path).headers["Location"].startswith("/sign-in")


def test_when_it_is_lifted_one_signs_in_as_before(alice, personas, browser, mailbox):
    mail = asked(browser, mailbox, ALICE)
    browser.post("/sign-in/code", {"code": code_in(mail)})
    lift(personas.alice)
    assert browser.post("/sign-in/code", {"code": code_in(mail)}).status_code == 303
    assert is_in(browser)


def test_none_of_their_addresses_makes_a_new_account(alice, personas, browser, mailbox):
    give(personas.alice, "alice@home.example.net")
    mail = asked(browser, mailbox, "alice@home.example.net", name="Somebody New")
    assert browser.post("/sign-in/code", {"code": code_in(mail)}).status_code == 422
    assert session().query(Person).filter_by(name="Somebody New").count() == 0


@pytest.mark.parametrize(
    ("suspended", "reason", "allowed"),
    [(False, None, True), (False, "old", True), (True, None, False), (True, "why", False)],
)
def test_who_may_sign_in(suspended, reason, allowed):
    decision = may_sign_in(suspended, reason)
    assert bool(decision) is allowed
    assert allowed or (reason or "avstängt") in str(decision.reason)
