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
from tests.accounts.walk import GOOD_PASSWORD, code_in, cookie, is_in, latest, with_cookie
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
    assert mail.subject == "Ditt lösenord har ändrats"
    assert "23\u00a0november" in mail.text


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("present", ["", "fel lösenord som är långt"])
def test_changing_asks_for_the_present_password(alice, browser, htmx, present):
    form = {"present": present, "password": OTHER_PASSWORD}
    answer = alice.post("/account/password", form, htmx=htmx)
    assert answer.status_code == 422
    assert "Det är inte ditt nuvarande lösenord." in answer.text
    assert sign_in(browser).status_code == 303


def test_changing_makes_the_old_one_useless(alice, browser):
    held = cookie(alice)
    form = {"present": GOOD_PASSWORD, "password": OTHER_PASSWORD}
    with clock.stopped_at(LATER):
        assert alice.post("/account/password", form).status_code == 303
        assert is_in(alice)
        assert not is_in(with_cookie(alice, held))
        assert sign_in(browser).status_code == 422
        assert sign_in(browser, OTHER_PASSWORD).status_code == 303


@pytest.mark.parametrize("htmx", [False, True])
def test_a_first_password_needs_a_fresh_sign_in(personas, htmx):
    browser = personas.browser(personas.alice)
    with clock.stopped_at(LATER):
        assert 'name="password"' not in browser.get("/account").text
        answer = browser.post("/account/password", {"password": GOOD_PASSWORD}, htmx=htmx)
        assert answer.status_code == 422
        assert "/account/confirmation" in answer.text
    session().rollback()
    assert session().scalars(select(Account.password_hash)).all() == [None]


@pytest.mark.parametrize("htmx", [False, True])
def test_a_stale_session_becomes_fresh_by_a_mailed_code(personas, mailbox, htmx):
    browser = personas.browser(personas.alice)
    with clock.stopped_at(LATER):
        held = cookie(browser)
        answer = browser.post("/account/confirmation", htmx=htmx)
        assert answer.status_code == (204 if htmx else 303)
        browser.post("/sign-in/code", {"code": code_in(latest(mailbox))})
        assert browser.get("/account").status_code == 200
        answer = browser.post("/account/password", {"password": GOOD_PASSWORD})
        assert answer.status_code == 303
        assert not is_in(with_cookie(browser, held))


@pytest.mark.parametrize("htmx", [False, True])
def test_taking_it_away_asks_for_it_unless_one_has_just_signed_in(alice, browser, htmx):
    with clock.stopped_at(LATER):
        for present in ("", OTHER_PASSWORD, "x" * 300):
            form = {"present": present}
            answer = alice.post("/account/password/removal", form, htmx=htmx)
            assert answer.status_code == 422
            assert "removal-present" in answer.text
        assert sign_in(browser).status_code == 303


@pytest.mark.parametrize(("later", "present"), [(True, GOOD_PASSWORD), (False, "")])
def test_without_it_one_signs_in_by_mail_only(alice, browser, mailbox, later, present):
    held = cookie(alice)
    with clock.stopped_at(LATER if later else NOW):
        answer = alice.post("/account/password/removal", {"present": present})
        assert answer.status_code == 303
        assert is_in(alice)
        assert not is_in(with_cookie(alice, held))
        assert sign_in(browser).status_code == 422
        assert len(mailbox.to(ALICE)) == 2


def test_a_password_that_changes_while_it_is_verified_opens_nothing(alice):
    with unit_of_work():
        entered = actions.enter_by_password(ALICE, "the hash that was verified", "B", NOW)
    assert not entered


@pytest.mark.parametrize("path", ["/account/password", "/account/password/removal"])
def test_the_addresses_of_the_forms_lead_back_to_the_page(alice, path):
    assert alice.get(path).headers["Location"] == "/account"


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
    owner.post("/account/password", {"present": GOOD_PASSWORD, "password": OTHER_PASSWORD})
    sign_in(browser, OTHER_PASSWORD)
    sign_in(Browser(portal), "wrong")
    sign_in(Browser(portal), "wrong", "nobody@example.com")
    owner.post("/account/password/removal", {"present": OTHER_PASSWORD})
    assert open_at == [False] * 7


def test_the_hash_is_argon2id(alice):
    session().rollback()
    kept = session().scalars(select(Account.password_hash)).one()
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
