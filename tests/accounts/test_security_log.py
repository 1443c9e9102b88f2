"""The security log: everything that happened to an account, for its owner, latest first."""

import re
from dataclasses import fields
from datetime import timedelta

import pytest

from portal.accounts.jobs import clear, mail_alarm
from portal.accounts.policy import ALARMS, SECURITY_WORDS, WARNINGS, WAYS
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import Fact, FactRow, _subscribers, record
from portal.people.facts import (
    AddressAdded,
    AddressRemoved,
    PersonsMerged,
    PersonSuspended,
    PrimaryAddressChanged,
    RoleGiven,
    RoleTaken,
    SuspensionLifted,
)
from tests.accounts.addresses import give
from tests.accounts.walk import GOOD_PASSWORD, code_in, enter, latest, wrong
from tests.conftest import NOW
from tests.support.browser import Browser

ENTRY = re.compile(r"<li><time[^>]*>[^<]*</time>(.*?)</li>")
MORE = re.compile(r'href="(/account/log\?after=[^"]+)" hx-get="([^"]+)"')
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
ALICE = "alice@example.com"


def told(answer):
    """The entries, without their markup."""
    return [" ".join(re.sub(r"<[^>]+>", "", words).split()) for words in ENTRY.findall(answer.text)]


def test_every_word_is_of_a_fact_about_somebody(portal):
    kinds = {name: kind for name, kind in Fact.kinds.items() if kind.__module__[:7] == "portal."}
    for name in [*SECURITY_WORDS, *ALARMS]:
        names = {field.name for field in fields(kinds[name])}
        assert names & {"person_id", "account_id"}, name
    assert SECURITY_WORDS.keys() >= WARNINGS
    assert ALARMS.keys() <= SECURITY_WORDS.keys()


def test_every_alarm_is_mailed(portal):
    for name in ALARMS:
        assert mail_alarm in _subscribers.get(name, {}).values(), name


def test_a_sign_in_is_told_with_its_browser_and_way(personas, browser, mailbox):
    assert personas.alice
    browser.post("/sign-in", {"email": ALICE})
    code = code_in(latest(mailbox))
    browser.post("/sign-in/code", {"code": code}, headers={"User-Agent": PHONE})
    assert told(browser.get("/account/log")) == [
        "Du loggade in med en kod via mejl · Safari, iPhone",
        "Ditt konto öppnades",
        "En kod för att logga in mejlades till dig",
    ]


def test_what_one_does_is_told_in_order(alice, personas):
    there = personas.browser(personas.alice)
    [here] = re.findall(r"/account/sessions/(\w+)/end", there.get("/account").text)
    for minute, act in enumerate(
        [
            lambda: alice.post("/account/password", {"password": GOOD_PASSWORD}),
            lambda: alice.post("/account/password", {"password": GOOD_PASSWORD + " tåg"}),
            lambda: alice.post("/account/password/removal"),
            lambda: give(personas.alice, "alice@home.example.net"),
        ]
    ):
        with clock.stopped_at(NOW + timedelta(minutes=minute + 1)):
            act()
    assert here
    entries = told(alice.get("/account/log"))
    assert entries[:4] == [
        "En adress lades till alice@home.example.net",
        "Ditt lösenord har tagits bort",
        "Ditt lösenord har ändrats",
        "Du valde ett lösenord",
    ]


def test_what_others_decide_about_one_is_told_in_both_languages(alice, personas):
    bob, given = personas.bob, give(personas.alice, "alice@home.example.net")
    assert given
    for minute, fact in enumerate(
        [
            RoleGiven(personas.alice.id, 1, bob.id),
            RoleTaken(personas.alice.id, 1, bob.id),
            PersonSuspended(personas.alice.id, 1, bob.id),
            SuspensionLifted(personas.alice.id, 1, bob.id),
            PersonsMerged(personas.alice.id, bob.id),
            PrimaryAddressChanged(personas.alice.id, 1),
            AddressRemoved(personas.alice.id, 1),
        ]
    ):
        with unit_of_work():
            record(fact, NOW + timedelta(minutes=minute + 1), quietly=True)
    told_here = told(alice.get("/account/log"))[:7]
    assert [words.split(" alice@")[0] for words in told_here] == [
        "En adress togs bort",
        "Din huvudadress har ändrats",
        "Två av dina konton här blev ett",
        "Ditt konto öppnades igen",
        "Ditt konto stängdes av",
        "Du är inte längre administratör",
        "Du blev administratör",
    ]
    alice.post("/language", {"lang": "en"})
    assert told(alice.get("/account/log"))[4] == "Your account was suspended"
    assert "kept for a year" in alice.get("/account/log").text
    assert "Bob" not in alice.get("/account/log").text


def test_ended_sessions_are_told(alice, personas):
    personas.browser(personas.alice)
    page = alice.get("/account").text
    [other] = re.findall(r"/account/sessions/(\w+)/end", page)
    with clock.stopped_at(NOW + timedelta(minutes=1)):
        alice.post(f"/account/sessions/{other}/end")
        alice.post(f"/account/sessions/{other}/end")  # twice is told once
    with clock.stopped_at(NOW + timedelta(minutes=2)):
        alice.post("/account/sessions/end")
    entries = told(personas.browser(personas.alice).get("/account/log"))
    assert entries[0] == "Du loggade ut överallt"
    assert entries[1] == "En webbläsare loggades ut Test browser"
    assert entries.count("En webbläsare loggades ut Test browser") == 1


def test_a_wrong_password_is_told_at_most_once_an_hour(alice, mailbox):
    alice.post("/account/password", {"password": GOOD_PASSWORD})
    thief = Browser(alice.app)
    words = "Någon försökte logga in med fel lösenord"
    for hour in range(3):
        with clock.stopped_at(NOW + timedelta(hours=hour)):
            for number in range(5):
                form = {"email": ALICE.upper(), "password": "wrong"}
                at = {"environ_base": {"REMOTE_ADDR": f"10.0.{hour}.{number}"}}
                assert thief.post("/sign-in/password", form, **at).status_code == 422
            mailbox.all()
    assert told(alice.get("/account/log")).count(words) == 3


def test_a_wrong_code_is_told(alice, browser, mailbox):
    browser.post("/sign-in", {"email": ALICE})
    for _time in range(3):
        browser.post("/sign-in/code", {"code": wrong(code_in(latest(mailbox)))})
    mailbox.all()
    assert told(alice.get("/account/log")).count("Någon försökte logga in med fel kod") == 1


def test_strangers_leave_no_trace(portal, browser, mailbox):
    browser.post("/sign-in/password", {"email": "nobody@example.com", "password": "wrong"})
    browser.post("/sign-in", {"email": "nobody@example.com"})
    browser.post("/sign-in/code", {"code": "000000"})
    mailbox.all()
    session().rollback()
    assert session().query(FactRow).count() == 0


def test_nobody_reads_the_log_of_another(alice, personas):
    give(personas.alice, "secret@home.example.net")
    page = personas.browser(personas.bob).get("/account/log").text
    assert "secret@home.example.net" not in page
    assert len(told(personas.browser(personas.bob).get("/account/log"))) < 5
    assert Browser(personas.app).get("/account/log").headers["Location"].startswith("/sign-in")


def many(person, how_many):
    with unit_of_work():
        for number in range(how_many):
            at = NOW - timedelta(minutes=number // 3)
            record(AddressAdded(person.id, 10_000 + number), at, quietly=True)


def test_it_goes_on_page_by_page_and_tells_each_thing_once(alice, personas, browser, mailbox):
    many(personas.alice, 75)
    for htmx in (False, True):
        found, path = [], "/account/log"
        while path:
            answer = alice.get(path, htmx=htmx and path != "/account/log")
            found += told(answer)
            more = MORE.search(answer.text)
            assert more is None or more[1] == more[2]
            path = more[1] if more else None
        assert found.count("En adress lades till") == 75
        assert found.count("Du loggade in Test browser") == 1


@pytest.mark.parametrize("after", ["nonsense", "WzFd", "WyJ4IiwxXQ"])
def test_a_cursor_that_is_not_ours_is_refused(alice, after):
    assert alice.get(f"/account/log?after={after}").status_code == 400


def test_it_costs_the_same_however_long_it_is(alice, personas, count_queries):
    totals = []
    for _round in range(2):
        alice.get("/about")
        with count_queries() as count:
            alice.get("/account/log")
        totals.append(count.total)
        many(personas.alice, 200)
    assert totals == [3, 3]


def test_a_script_in_a_browsers_name_is_text(personas, browser, mailbox):
    assert personas.alice
    browser.post("/sign-in", {"email": ALICE})
    agent = {"User-Agent": "<script>alert(1)</script> Firefox"}
    browser.post("/sign-in/code", {"code": code_in(latest(mailbox))}, headers=agent)
    assert "<script>alert" not in browser.get("/account/log").text


def test_the_ways_have_words_in_both_languages(browser, mailbox, personas):
    assert personas.alice
    enter(browser, mailbox, ALICE).get("/about")
    browser.post("/language", {"lang": "en"})
    assert "with a code by mail" in browser.get("/account/log").text
    assert all(str(words) for words in WAYS.values())


@pytest.mark.parametrize(("days", "kept"), [(364, True), (366, False)])
def test_comings_and_goings_are_forgotten_after_a_year_and_changes_stay(
    alice, personas, days, kept
):
    alice.post("/account/password", {"password": GOOD_PASSWORD})
    with clock.stopped_at(NOW + timedelta(days=days)):
        with unit_of_work():
            clear()
        entries = told(personas.browser(personas.alice).get("/account/log"))
    assert "Du valde ett lösenord" in entries
    assert len([one for one in entries if one.startswith("Du loggade in")]) == 1 + kept
