"""A copy of yesterday's cookie is worth nothing after what ends it (CHECKS A1, A2)."""

from datetime import timedelta

import pytest
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import delete, update

from portal.accounts.policy import (
    ADMINISTRATOR_SESSION_LIFE,
    RECENT,
    SESSION_LIFE,
)
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.people.models import Person, Role
from tests.accounts.walk import GOOD_PASSWORD, code_in, cookie, is_in, latest, with_cookie
from tests.conftest import NOW
from tests.support.browser import Browser
from tests.support.databases import portal_on

A_MINUTE = timedelta(minutes=1)


def signs_out(browser, _personas, _mailbox):
    browser.post("/sign-out")


def changes_the_password(browser, _personas, _mailbox):
    assert browser.post("/account/password", {"password": GOOD_PASSWORD}).status_code == 303


def changes_the_password_elsewhere(_browser, personas, _mailbox):
    changes_the_password(personas.browser(personas.alice), personas, None)


def takes_the_password_away(browser, personas, mailbox):
    changes_the_password(browser, personas, mailbox)
    assert browser.post("/account/password/removal").status_code == 303


def resets_by_mail(_browser, personas, mailbox):
    """Forgets the password, signs in by mail elsewhere and chooses a new one."""
    other = Browser(personas.app)
    other.post("/sign-in", {"email": "alice@example.com"})
    other.post("/sign-in/code", {"code": code_in(latest(mailbox))})
    other.get("/about")
    changes_the_password(other, personas, mailbox)


def shows_who_it_is(browser, _personas, mailbox):
    with clock.stopped_at(NOW + RECENT):
        browser.post("/account/proof/mail")
        answer = browser.post("/account/proof/code", {"code": code_in(latest(mailbox))})
        assert answer.status_code == 303


def is_suspended(_browser, personas, _mailbox):
    with unit_of_work():
        session().get_one(Person, personas.alice.id).suspended_at = NOW


def is_erased(_browser, personas, _mailbox):
    with unit_of_work() as work:
        work.execute(delete(Person).where(Person.id == personas.alice.id))


ENDS = [
    signs_out,
    changes_the_password,
    changes_the_password_elsewhere,
    takes_the_password_away,
    resets_by_mail,
    shows_who_it_is,
    is_suspended,
    is_erased,
]


@pytest.mark.parametrize("act", ENDS)
def test_a_copied_cookie_is_refused_afterwards(personas, mailbox, act):
    browser = personas.browser(personas.alice)
    copy = cookie(browser)
    assert is_in(with_cookie(browser, copy))
    act(browser, personas, mailbox)
    assert not is_in(with_cookie(browser, copy))
    assert with_cookie(browser, copy).get("/journey").status_code == 303


def test_a_lost_role_is_lost_for_the_old_cookie_too(personas):
    browser = personas.browser(personas.kim)
    copy = cookie(browser)
    with unit_of_work() as work:
        work.execute(update(Role).values(ended_at=NOW))
    assert with_cookie(browser, copy).get("/admin").status_code == 404


def values_of(browser):
    """Read what a cookie holds, as its maker can."""
    with browser.client.session_transaction() as held:
        return dict(held)


def signed(app, values):
    """Sign a cookie with an app's key."""
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    return serializer.dumps(values)


def test_a_cookie_that_was_tampered_with_is_a_visitor(personas, database):
    alice, bob = personas.browser(personas.alice), personas.browser(personas.bob)
    held, values = cookie(alice), values_of(alice)
    stranger = portal_on(database.url, SECRET_KEY="another-" * 5)
    payload, stamp, mark = held.split(".")
    tampered = {
        "cut": held[:-1],
        "longer": held + "x",
        "reversed": held[::-1],
        "another's payload": f"{cookie(bob).split('.')[0]}.{stamp}.{mark}",
        "another's stamp": f"{payload}.AAAAAA.{mark}",
        "without a mark": f"{payload}.{stamp}.",
        "signed with another key": signed(stranger, values),
        "a made-up token": signed(personas.app, values | {"_user_id": "x" * 43}),
        "a person's number": signed(personas.app, values | {"_user_id": str(personas.alice.id)}),
        "a number as token": signed(personas.app, values | {"_user_id": 1}),
        "a list as token": signed(personas.app, values | {"_user_id": ["x"]}),
        "nonsense as last seen": signed(personas.app, values | {"_user_id": "x", "seen": "x"}),
        "empty": "",
        "binary": "\x7f\x01",
    }
    for name, value in tampered.items():
        assert not is_in(with_cookie(Browser(personas.app), value)), name
    assert is_in(with_cookie(Browser(personas.app), signed(personas.app, values)))


@pytest.mark.parametrize("seen", ["x", None, [], "9" * 30, -1, 0])
def test_without_a_last_visit_one_signs_in_again(personas, seen):
    values = values_of(personas.browser(personas.alice)) | {"seen": seen}
    assert not is_in(with_cookie(Browser(personas.app), signed(personas.app, values)))


@pytest.mark.parametrize(
    ("who", "life"), [("alice", SESSION_LIFE), ("kim", ADMINISTRATOR_SESSION_LIFE)]
)
def test_a_session_ends_at_last_however_much_it_is_used(personas, who, life):
    browser = personas.browser(getattr(personas, who))
    at, step = NOW, timedelta(hours=11) if who == "kim" else timedelta(days=20)
    while at + step < NOW + life - A_MINUTE:
        at += step
        with clock.stopped_at(at):
            assert is_in(browser)
    with clock.stopped_at(NOW + life - A_MINUTE):
        assert is_in(browser)
    with clock.stopped_at(NOW + life + A_MINUTE):
        assert not is_in(browser)


def test_the_page_of_the_account_says_how_long_one_stays_signed_in(personas):
    page = personas.browser(personas.alice).get("/account").text
    assert "efter 30 dagar utan besök, och senast efter 90 dagar" in page
    page = personas.browser(personas.kim).get("/account").text
    assert "efter 12 timmar utan besök, och senast efter 7 dagar" in page
