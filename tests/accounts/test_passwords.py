"""Passwords are optional: set, change, forget, take away; and sign in with one."""

import unicodedata

import pytest
from sqlalchemy import select

from portal.accounts import actions
from portal.accounts.actions import passwords
from portal.accounts.models import Account
from portal.accounts.policy import RECENT
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from tests.accounts.walk import GOOD_PASSWORD, cookie, is_in, with_cookie
from tests.conftest import NOW
from tests.support.browser import Browser

ALICE = "alice@example.com"
OTHER_PASSWORD = "gäddhäng snöskoter lingonvecka 7"
LATER = NOW + RECENT


def sign_in(browser, password=GOOD_PASSWORD, address=ALICE, **more):
    return browser.post("/sign-in/password", {"email": address, "password": password}, **more)


@pytest.fixture
def alice(personas):
    """Alice's browser; she has a password."""
    browser = personas.browser(personas.alice)
    answer = browser.post("/account/password", {"password": GOOD_PASSWORD})
    assert answer.status_code == 303, answer.text
    return browser


@pytest.mark.parametrize("htmx", [False, True])
def test_one_signs_in_with_a_password(alice, browser, htmx):
    answer = browser.post(
        "/sign-in/password",
        {"email": " Alice@Example.com", "password": GOOD_PASSWORD, "next": "/about"},
        htmx=htmx,
    )
    assert answer.headers["HX-Redirect" if htmx else "Location"] == "/about"
    assert is_in(browser)


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("password", ["", "x", GOOD_PASSWORD + " ", GOOD_PASSWORD.upper()])
def test_a_wrong_password_is_refused_and_never_sent_back(alice, browser, htmx, password):
    answer = sign_in(browser, password, htmx=htmx)
    assert answer.status_code == 422
    assert GOOD_PASSWORD not in answer.text
    assert ("<h1>" in answer.text) is not htmx
    assert not is_in(browser)


@pytest.mark.parametrize("length", [15, 64, 72, 73, 80, 128, 256])
def test_long_passwords_are_taken_whole(personas, browser, length):
    whole = ("Vår å ö 🐢 trumpet, lagun; vattentorn + kexchoklad " * 8)[:length]
    owner = personas.browser(personas.alice)
    assert owner.post("/account/password", {"password": whole}).status_code == 303
    assert sign_in(browser, whole[:-1]).status_code == 422
    assert sign_in(browser, whole).status_code == 303


def test_the_same_letter_written_another_way_is_the_same_password(personas, browser):
    owner = personas.browser(personas.alice)
    spelt = "ångmaskin lagun vattentorn"
    owner.post("/account/password", {"password": unicodedata.normalize("NFD", spelt)})
    assert sign_in(browser, unicodedata.normalize("NFC", spelt)).status_code == 303


def test_setting_one_is_told_by_mail_and_signs_other_browsers_out(personas, mailbox):
    here, there = personas.browser(personas.alice), personas.browser(personas.alice)
    held = cookie(here)
    here.post("/account/password", {"password": GOOD_PASSWORD})
    assert is_in(here)
    assert not is_in(there)
    assert not is_in(with_cookie(here, held))
    [mail] = mailbox.to(ALICE)
    assert mail.subject == "Du har ett lösenord nu"
    assert "23\u00a0november" in mail.text


@pytest.mark.parametrize(
    ("act", "form", "subject"),
    [
        ("/account/password", {"password": OTHER_PASSWORD}, "Ditt lösenord har ändrats"),
        ("/account/password/removal", {}, "Ditt lösenord har tagits bort"),
    ],
)
def test_changing_or_removing_it_makes_the_old_one_and_other_browsers_useless(
    alice, personas, browser, mailbox, act, form, subject
):
    held, there = cookie(alice), personas.browser(personas.alice)
    assert alice.post(act, form).status_code == 303
    assert is_in(alice)
    assert not is_in(there)
    assert not is_in(with_cookie(alice, held))
    assert sign_in(browser).status_code == 422
    assert mailbox.to(ALICE)[-1].subject == subject


def test_changing_makes_the_new_one_good(alice, browser):
    alice.post("/account/password", {"password": OTHER_PASSWORD})
    assert sign_in(browser, OTHER_PASSWORD).status_code == 303


@pytest.mark.parametrize("path", ["/account/password", "/account/password/removal"])
@pytest.mark.parametrize("htmx", [False, True])
def test_a_stale_session_changes_nothing(alice, browser, path, htmx):
    with clock.stopped_at(LATER):
        answer = alice.post(path, {"password": OTHER_PASSWORD}, htmx=htmx)
        where = answer.headers["HX-Redirect" if htmx else "Location"]
        assert where.startswith("/account/proof")
        assert sign_in(browser).status_code == 303


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("password", ["", "kort", "alice@example.com alice", "x" * 300])
def test_a_password_that_will_not_do_is_refused_with_the_reason(personas, htmx, password):
    owner = personas.browser(personas.alice)
    answer = owner.post("/account/password", {"password": password}, htmx=htmx)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert ("<h1>" in answer.text) is not htmx
    session().rollback()
    assert session().scalars(select(Account.password_hash)).all() == [None]


def test_a_password_that_changes_while_it_is_verified_opens_nothing(alice):
    with unit_of_work():
        entered = actions.enter_by_password(ALICE, "the hash that was verified", "B", NOW)
    assert not entered


def test_the_address_of_a_form_leads_back_to_its_page(alice):
    assert alice.get("/account/password/removal").headers["Location"] == "/account/password"


def test_no_hash_is_made_while_a_transaction_is_open(portal, personas, browser, monkeypatch):
    open_at = []

    class Watching:
        def hash(self, password):
            open_at.append(session().in_transaction())
            return real.hash(password)

        def verify(self, *args):
            open_at.append(session().in_transaction())
            return real.verify(*args)

    real = passwords._hasher
    monkeypatch.setattr(passwords, "_hasher", Watching())
    owner = personas.browser(personas.alice)
    owner.post("/account/password", {"password": GOOD_PASSWORD})
    owner.post("/account/password", {"password": OTHER_PASSWORD})
    sign_in(browser, OTHER_PASSWORD)
    sign_in(Browser(portal), "wrong")
    sign_in(Browser(portal), "wrong", "nobody@example.com")
    with clock.stopped_at(LATER):
        owner.post("/account/proof", {"password": "wrong"})
        owner.post("/account/proof", {"password": OTHER_PASSWORD})
    assert open_at == [False] * 7


def test_the_hash_is_argon2id(alice):
    session().rollback()
    kept = session().scalars(select(Account.password_hash)).one()
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
