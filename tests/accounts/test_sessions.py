"""Signed-in browsers: rotated, listed, ended, and timed out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import UserSession
from portal.accounts.policy import ADMINISTRATOR_IDLE_LIFE, IDLE_LIFE
from portal.kernel import clock
from portal.kernel.db import session
from tests.accounts.walk import asked, code_in, cookie, is_in, with_cookie
from tests.conftest import NOW

A_MINUTE = timedelta(minutes=1)


def ids(person) -> list[str]:
    session().rollback()
    mine = select(UserSession.public_id).where(UserSession.person_id == person.id)
    return list(session().scalars(mine.order_by(UserSession.id)))


def test_the_cookie_from_before_signing_in_opens_nothing_after(browser, mailbox, personas):
    assert personas.alice
    mail = asked(browser, mailbox, "alice@example.com")
    planted = cookie(browser)
    browser.post("/sign-in/code", {"code": code_in(mail)})
    assert cookie(browser) != planted
    assert is_in(browser)
    assert not is_in(with_cookie(browser, planted))


def test_nothing_of_the_session_from_before_stays(browser, mailbox, personas):
    """Whoever planted a cookie knows the token that stands in its forms; it is worth nothing after."""
    assert personas.alice
    mail = asked(browser, mailbox, "alice@example.com")
    planted = browser.token
    assert browser.post("/language", {"lang": "sv"}, token=planted).status_code == 303
    browser.post("/sign-in/code", {"code": code_in(mail)})
    assert is_in(browser)
    assert browser.post("/language", {"lang": "sv"}, token=planted).status_code == 400


def test_signing_in_again_ends_what_the_browser_held(browser, mailbox, personas):
    assert personas.bob
    first = personas.browser(personas.alice)
    held = cookie(first)
    mail = asked(first, mailbox, "bob@example.com")
    first.post("/sign-in/code", {"code": code_in(mail)})
    assert "Bob Berg" in first.get("/account").text
    assert not is_in(with_cookie(first, held))


@pytest.mark.parametrize(
    "act",
    ["/sign-out", "/account/sessions/end", "/account/sessions/{here}/end"],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_a_copy_of_the_cookie_is_worth_nothing_after(personas, act, htmx):
    alice = personas.browser(personas.alice)
    assert is_in(alice)
    held = cookie(alice)
    path = act.format(here=ids(personas.alice)[-1])
    assert alice.post(path, htmx=htmx).status_code == (204 if htmx else 303)
    assert not is_in(with_cookie(alice, held))
    assert not is_in(alice)


def test_one_can_sign_another_browser_out(personas):
    phone, laptop = personas.browser(personas.alice), personas.browser(personas.alice)
    [phone_id, _laptop_id] = ids(personas.alice)
    assert f"/account/sessions/{phone_id}/end" in laptop.get("/account").text
    assert laptop.post(f"/account/sessions/{phone_id}/end").status_code == 303
    assert not is_in(phone)
    assert is_in(laptop)
    assert laptop.post(f"/account/sessions/{phone_id}/end").status_code == 303  # harmless twice


def test_nobody_can_end_the_session_of_another(personas):
    alice, bob = personas.browser(personas.alice), personas.browser(personas.bob)
    [hers] = ids(personas.alice)
    known = bob.post(f"/account/sessions/{hers}/end")
    unknown = bob.post("/account/sessions/nosuchid2345/end")
    assert (known.status_code, known.headers["Location"]) == (303, "/account")
    assert (unknown.status_code, unknown.headers["Location"]) == (303, "/account")
    assert is_in(alice)


def test_the_list_shows_browsers_by_name_and_marks_this_one(browser, mailbox, personas):
    assert personas.alice
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
    mail = asked(browser, mailbox, "alice@example.com")
    browser.post("/sign-in/code", {"code": code_in(mail)}, headers={"User-Agent": agent})
    page = browser.get("/account").text
    assert "Safari, iPhone" in page
    assert "Den här" in page


def test_signing_out_everywhere_ends_every_browser_but_not_those_of_others(personas):
    phone, laptop = personas.browser(personas.alice), personas.browser(personas.alice)
    bob = personas.browser(personas.bob)
    assert phone.post("/account/sessions/end").headers["Location"] == "/sign-in"
    assert not is_in(phone)
    assert not is_in(laptop)
    assert is_in(bob)


@pytest.mark.parametrize(("who", "life"), [("alice", IDLE_LIFE), ("kim", ADMINISTRATOR_IDLE_LIFE)])
def test_a_session_that_rests_too_long_is_over(personas, who, life):
    person = getattr(personas, who)
    rested, over = personas.browser(person), personas.browser(person)
    with clock.stopped_at(NOW + life - A_MINUTE):
        assert is_in(rested)
    with clock.stopped_at(NOW + life + A_MINUTE):
        assert not is_in(over)
        assert is_in(rested)  # it was used in between


def test_using_the_portal_writes_nothing_on_a_get(personas, count_queries):
    alice = personas.browser(personas.alice)
    with clock.stopped_at(NOW + timedelta(days=3)), count_queries() as count:
        assert is_in(alice)
    assert count.total <= 8
    assert all(statement.lstrip().startswith("SELECT") for statement in count.statements)


def test_the_account_page_is_for_signed_in_people(browser):
    answer = browser.get("/account")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?next=/account")
    answer = browser.get("/account", htmx=True)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in?next=/account")
