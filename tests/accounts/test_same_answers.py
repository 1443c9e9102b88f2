"""Nobody learns from the portal who has an account: the same answer, the same work."""

import pytest
from sqlalchemy import update

from portal.accounts import actions
from portal.accounts.actions import passwords
from portal.accounts.models import Account
from portal.kernel.db import session, unit_of_work
from tests.accounts.walk import GOOD_PASSWORD
from tests.conftest import NOW
from tests.support.browser import Browser, without_token

KNOWN, UNKNOWN = "alice@example.com", "nobody@example.com"
FORMS = [
    ("/sign-in", {}),
    ("/sign-in", {"next": "/about"}),
    ("/sign-up", {"name": "Somebody"}),
    ("/sign-in/password", {"password": "not the right password"}),
    ("/sign-in/password", {"password": ""}),
]


def plain(answer, address):
    """Return what an outsider can see of an answer, less the address they wrote themselves."""
    cookies = sorted(
        (header.split("=")[0], header.split(";", 1)[1].strip())
        for header in answer.headers.getlist("Set-Cookie")
    )
    kept = ("Location", "HX-Redirect", "Cache-Control", "Content-Type", "Vary")
    headers = [(name, answer.headers.get(name)) for name in kept]
    body = answer.text.replace(address, "ADDRESS")
    return answer.status_code, headers, cookies, without_token(body)


@pytest.fixture(params=[False, True], ids=["without password", "with password"])
def alice(request, personas):
    person = personas.alice
    personas.browser(person)
    if request.param:
        with unit_of_work():
            hashed = actions.hash_password(GOOD_PASSWORD)
            session().execute(update(Account).values(password_hash=hashed))
    return person


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("asking", FORMS)
def test_known_and_unknown_addresses_get_the_same_answer(
    portal, alice, count_queries, asking, htmx
):
    path, form = asking
    seen = []
    for address in (KNOWN, UNKNOWN):
        browser = Browser(portal)
        browser.get("/about")
        with count_queries() as count:
            answer = browser.post(path, {"email": address, **form}, htmx=htmx)
        shapes = [statement.split("(")[0][:30] for statement in count.statements]
        after = browser.get("/sign-in/code")
        seen.append((plain(answer, address), shapes, plain(after, address)))
    assert seen[0] == seen[1]


def test_the_code_page_says_the_same_when_the_code_is_wrong(portal, alice):
    seen = []
    for address in (KNOWN, UNKNOWN):
        browser = Browser(portal)
        browser.post("/sign-in", {"email": address})
        answers = [browser.post("/sign-in/code", {"code": "000000"}) for _try in range(7)]
        seen.append([plain(answer, address) for answer in answers])
    assert seen[0] == seen[1]


@pytest.mark.parametrize("address", [KNOWN, UNKNOWN])
@pytest.mark.parametrize("password", ["not the right password", "x" * 300])
def test_one_hash_is_verified_whoever_it_is(portal, alice, monkeypatch, address, password):
    verified = []
    hasher = passwords._hasher

    class Counting:
        def verify(self, hashed, typed):
            verified.append(hashed.split("$")[1:4])
            return hasher.verify(hashed, typed)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    form = {"email": address, "password": password}
    assert Browser(portal).post("/sign-in/password", form).status_code == 422
    assert verified == [["argon2id", "v=19", "m=19456,t=2,p=1"]]


@pytest.mark.parametrize("htmx", [False, True])
def test_asking_for_a_new_code_is_answered_the_same(portal, alice, count_queries, htmx):
    seen = []
    for address in (KNOWN, UNKNOWN):
        browser = Browser(portal)
        browser.post("/sign-in", {"email": address})
        browser.get("/about")
        with count_queries() as count:
            answer = browser.post("/sign-in/code/renewal", htmx=htmx)
        shapes = [statement.split("(")[0][:30] for statement in count.statements]
        seen.append((plain(answer, address), shapes, plain(browser.get("/sign-in/code"), address)))
    assert seen[0] == seen[1]


def test_an_unknown_address_gets_a_mail_that_says_so_kindly(browser, mailbox):
    browser.post("/sign-in", {"email": UNKNOWN})
    [mail] = mailbox.all()
    assert mail.address == UNKNOWN
    assert mail.subject == "Vill du vara med?"
    assert "/sign-up" in mail.text
    assert "/sign-in/link" not in mail.text + mail.html


def test_the_code_of_an_unknown_address_lets_nobody_in(browser, mailbox):
    """Even somebody who could compute it: there is no person to sign in as."""
    with unit_of_work():
        asked = actions.ask_to_sign_in(UNKNOWN, "sv", NOW)
        code = actions.code_of(asked)
        assert not actions.enter_by_code(asked, code, "Host", "Browser", NOW)


def test_a_limit_is_the_same_for_known_and_unknown_addresses(portal, alice):
    for address in (KNOWN, UNKNOWN):
        codes = [Browser(portal).post("/sign-in", {"email": address}).status_code for _ in range(6)]
        assert codes == [303] * 5 + [429]
