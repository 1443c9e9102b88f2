"""Mails come back or are unwanted: the person sees it calmly, and can mend it."""

import re
from datetime import timedelta

import pytest

from portal.kernel import clock
from portal.kernel.worker import drain
from portal.people.queries import mailbox as whose
from tests.accounts.addresses import give, held, link_in
from tests.accounts.returns import (
    WORK,
    bounce,
    came_back,
    mailed,
    marks,
    take_reports,
    told,
    was_unwanted,
)
from tests.accounts.walk import code_in, latest, wrong
from tests.conftest import NOW
from tests.support.browser import Browser
from tests.support.page_lint import lint_of

PAGE, CODE = "/account/addresses", "/account/addresses/code"
PAGES = ("/", "/account", PAGE)
HOME = "alice@home.example.net"
RETURNS = "kommer tillbaka sedan"
UNWANTED = "att våra mejl är oönskade där"
LATER = NOW + timedelta(minutes=1)
NONE: tuple[set[str], set[str]] = (set(), set())


@pytest.fixture(autouse=True)
def taken_in(portal, monkeypatch):
    take_reports(portal, monkeypatch)


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


def path_of(act, address=WORK):
    return f"{PAGE}/{whose(address).public_id}/{act}"


def entries(browser):
    found = re.findall(r"<li><time[^>]*>[^<]*</time>(.*?)</li>", browser.get("/account/log").text)
    return [" ".join(re.sub("<[^>]+>", "", one).split()) for one in found]


@pytest.mark.parametrize("htmx", [False, True])
def test_the_code_that_arrives_takes_the_mark_away(portal, personas, alice, mailbox, htmx):
    came_back(portal, personas.alice)
    for page in PAGES:
        assert alice.get(page).text.count(RETURNS) == 1, page
    answer = alice.post(path_of("trial"), htmx=htmx)
    where = "HX-Redirect" if htmx else "Location"
    assert answer.headers[where] == CODE
    mail = latest(mailbox)
    assert mail.address == WORK
    assert "visar att våra mejl når dig" in mail.subject
    page = alice.get(CODE).text
    assert "Bekräfta adressen" in page
    assert f'action="{path_of("trial")}"' in page
    answer = alice.post(CODE, {"code": wrong(code_in(mail))}, htmx=htmx)
    assert (answer.status_code, marks()) == (422, ({WORK}, set()))
    assert "Bekräfta adressen" in answer.text
    answer = alice.post(CODE, {"code": code_in(mail)}, htmx=htmx)
    assert answer.headers[where] == PAGE
    assert marks() == NONE
    assert "Bra: våra mejl kommer fram dit." in alice.get(PAGE).text
    for page in PAGES:
        assert RETURNS not in alice.get(page).text, page
    assert entries(alice)[:2] == [
        f"Våra mejl når dig igen {WORK}",
        f"Ett mejl till dig kom tillbaka: ingen har den adressen längre {WORK}",
    ]
    assert held(personas.alice) == [WORK]


def test_the_link_does_it_too_and_opening_it_does_nothing(portal, personas, alice, mailbox):
    came_back(portal, personas.alice)
    alice.post(path_of("trial"))
    link = link_in(latest(mailbox))
    assert "Kommer våra mejl fram?" in alice.get(link).text
    assert marks() == ({WORK}, set())
    assert alice.post(link).headers["Location"] == PAGE
    assert marks() == NONE


def test_signing_in_by_mail_shows_that_mails_arrive(portal, personas, browser, mailbox):
    """By a code that was mailed after the mark: an earlier one shows nothing."""
    assert personas.alice
    browser.post("/sign-in", {"email": WORK})
    early = code_in(latest(mailbox))
    with clock.stopped_at(LATER):
        came_back(portal, personas.alice)
        browser.post("/sign-in/code", {"code": early})
        assert marks() == ({WORK}, set())
        browser.post("/sign-out")
        browser.post("/sign-in", {"email": WORK.upper()})
        browser.post("/sign-in/code", {"code": code_in(latest(mailbox))})
    assert marks() == NONE
    assert RETURNS not in browser.get(PAGE).text


def test_to_be_in_by_another_mailbox_shows_nothing_of_this_one(portal, personas, browser, mailbox):
    give(personas.alice, HOME)
    came_back(portal, personas.alice)
    browser.post("/sign-in", {"email": HOME})
    browser.post("/sign-in/code", {"code": code_in(latest(mailbox))})
    assert marks() == ({WORK}, set())


def test_a_report_that_comes_late_is_not_believed(portal, personas, alice, mailbox):
    """Of a mail that was sent before the address was mended; nor one that comes a second time."""
    first, second = mailed(personas.alice), mailed(personas.alice)
    assert told(portal, bounce(first)) == 202
    drain()
    with clock.stopped_at(LATER):
        alice.post(path_of("trial"))
        alice.post(CODE, {"code": code_in(latest(mailbox))})
        assert marks() == NONE
        assert (told(portal, bounce(first)), told(portal, bounce(second))) == (204, 202)
        drain()
        assert marks() == NONE
        came_back(portal, personas.alice)
    assert marks() == ({WORK}, set())


def test_news_can_be_let_come_again(portal, personas, alice):
    was_unwanted(portal, personas.alice)
    assert marks() == (set(), {WORK})
    for page in PAGES:
        assert alice.get(page).text.count(UNWANTED) == 1, page
    with clock.stopped_at(LATER):
        assert alice.post(path_of("allowance")).headers["Location"] == PAGE
        assert f"nyheter till {WORK} igen" in alice.get(PAGE).text
        assert UNWANTED not in alice.get(PAGE).text
        assert entries(alice)[:2] == [
            f"Du lät nyheter komma med mejl igen {WORK}",
            f"Din mejltjänst meddelade att våra mejl är oönskade {WORK}",
        ]
    assert marks() == NONE


def test_an_arrival_takes_no_complaint_back(portal, personas, browser, mailbox):
    was_unwanted(portal, personas.alice)
    browser.post("/sign-in", {"email": WORK})
    browser.post("/sign-in/code", {"code": code_in(latest(mailbox))})
    assert marks() == (set(), {WORK})


@pytest.mark.parametrize("act", ["trial", "allowance"])
def test_nobody_else_can(portal, personas, browser, mailbox, act):
    came_back(portal, personas.alice)
    path, before = path_of(act), len(mailbox.all())
    assert personas.browser(personas.bob).post(path).status_code == 404
    assert browser.post(path).headers["Location"].startswith("/sign-in")
    assert marks() == ({WORK}, set())
    assert len(mailbox.all()) == before


def test_an_address_that_is_alive_is_not_mailed(personas, alice, mailbox):
    assert alice.post(path_of("trial")).headers["Location"] == PAGE
    assert mailbox.all() == []


def test_a_code_for_an_address_that_was_given_up_does_not_add_it_again(
    portal, personas, alice, mailbox
):
    other = give(personas.alice, HOME)
    came_back(portal, personas.alice, HOME)
    alice.post(path_of("trial", HOME))
    code = code_in(mailbox.to(HOME)[-1])
    alice.post(f"{PAGE}/{other}/removal")
    assert alice.post(CODE, {"code": code}).headers["Location"] == PAGE
    assert held(personas.alice) == [WORK]


def test_it_works_with_as_many_addresses_as_one_may_have(portal, personas, alice, mailbox):
    for number in range(9):
        give(personas.alice, f"alice{number}@home.example.net")
    came_back(portal, personas.alice)
    assert alice.post(path_of("trial")).headers["Location"] == CODE
    alice.post(CODE, {"code": code_in(mailbox.to(WORK)[-1])})
    assert marks() == NONE


@pytest.mark.parametrize("language", ["sv", "en"])
def test_its_pages_are_sound(portal, personas, mailbox, language):
    alice = Browser(portal).sign_in(personas.alice, language)
    kim = Browser(portal).sign_in(personas.kim, language)
    lint, wrong = lint_of(portal, language), []
    for mark in (was_unwanted, came_back):
        mark(portal, personas.alice)
        answers = [(page, alice.get(page)) for page in PAGES]
        answers += [("log", alice.get("/account/log"))]
        answers += [("admin", kim.get(f"/admin/people/{personas.alice.public_id}"))]
        wrong += [(name, fault) for name, answer in answers for fault in lint.page(answer.text)]
    alice.post(path_of("trial"))
    for page in (PAGE, CODE, link_in(latest(mailbox))):
        wrong += [(page, fault) for fault in lint.page(alice.get(page).text)]
    assert wrong == []
