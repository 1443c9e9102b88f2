"""Signing in with a second step: asked for on every way in, taken once, five tries."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.actions import take_second_step
from portal.accounts.models import FirstStep
from portal.accounts.policy import FIRST_STEP_LIFE, MOST_SECOND_TRIES, START_OVER
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from tests.accounts.device import Device
from tests.accounts.passkeys import add, enter
from tests.accounts.second_steps import ALICE, SECOND, app_code, first_step, turned_on
from tests.accounts.walk import (
    GOOD_PASSWORD,
    asked,
    code_in,
    cookie,
    is_in,
    link_in,
    race,
    with_cookie,
    wrong,
)
from tests.conftest import NOW
from tests.support.browser import Browser


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("way", ["code", "link", "password"])
def test_every_single_way_in_leads_to_the_second_step(portal, alice, mailbox, way, htmx):
    if way == "password":
        alice.post("/account/password", {"password": GOOD_PASSWORD})
    turned_on(alice)
    browser = Browser(portal)
    if way == "password":
        form = {"email": ALICE, "password": GOOD_PASSWORD, "next": "/about"}
        answer = browser.post("/sign-in/password", form, htmx=htmx)
    else:
        mail = asked(browser, mailbox, ALICE, next="/about")
        path, form = ("/sign-in/code", {"code": code_in(mail)}), {}
        if way == "link":
            path = (link_in(mail), form)
        answer = browser.post(*path, htmx=htmx)
    assert answer.headers["HX-Redirect" if htmx else "Location"] == SECOND
    assert not is_in(browser)
    held = cookie(browser)
    answer = browser.post(SECOND, {"code": app_code(1)}, htmx=htmx)
    assert answer.headers["HX-Redirect" if htmx else "Location"] == "/about"
    assert is_in(browser)
    assert not is_in(with_cookie(browser, held))


@pytest.mark.parametrize("htmx", [False, True])
def test_a_wrong_code_is_refused_at_the_field(printed, browser, mailbox, htmx):
    first_step(browser, mailbox)
    for typed in ("", wrong(app_code()), "12345", "x" * 300, "<script>"):
        answer = browser.post(SECOND, {"code": typed}, htmx=htmx)
        if answer.status_code == 422:
            assert 'id="code-error"' in answer.text
            assert "<script>" not in answer.text
        assert not is_in(browser)


@pytest.mark.parametrize(
    ("steps", "works"), [(-2, False), (-1, False), (0, False), (1, True), (2, False)]
)
def test_codes_of_the_neighbouring_steps_are_taken_but_none_twice(
    printed, browser, mailbox, steps, works
):
    """The code that turned it on was of this step: it, and any older one, is spent."""
    first_step(browser, mailbox)
    browser.post(SECOND, {"code": app_code(steps)})
    assert is_in(browser) is works


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_wrong_by_one_step(printed, browser, mailbox, steps):
    with clock.stopped_at(NOW + timedelta(minutes=5)):
        first_step(browser, mailbox)
        browser.post(SECOND, {"code": app_code(steps)})
        assert is_in(browser)


def test_the_same_code_does_not_let_two_in(portal, printed, mailbox):
    one, other = Browser(portal), Browser(portal)
    code = app_code(1)
    first_step(one, mailbox)
    first_step(other, mailbox)
    assert one.post(SECOND, {"code": code}).status_code == 303
    assert other.post(SECOND, {"code": code}).status_code == 422
    assert not is_in(other)


def test_a_rush_with_the_same_code_lets_one_in(portal, printed, browser, mailbox):
    first_step(browser, mailbox)
    browser.get(SECOND)
    code, held, token = app_code(1), cookie(browser), browser.token

    def prepare(_number):
        copy = with_cookie(browser, held)
        return lambda: copy.post(SECOND, {"code": code}, token=token).headers.get("Location")

    results = race(portal, 5, prepare)
    assert results.count("/") == 1, results


def test_five_wrong_codes_end_it_and_the_person_is_told(printed, browser, mailbox):
    first_step(browser, mailbox)
    bad = wrong(app_code(1))
    answers = [browser.post(SECOND, {"code": bad}) for _try in range(MOST_SECOND_TRIES)]
    assert [answer.status_code for answer in answers] == [422] * 4 + [303]
    assert answers[-1].headers["Location"] == "/sign-in"
    assert "Logga in från början." in browser.get("/sign-in").text
    answer = browser.post(SECOND, {"code": app_code(1)})
    assert answer.headers["Location"] == "/sign-in"
    assert not is_in(browser)
    assert mailbox.to(ALICE)[-1].subject == "Någon försökte logga in som du"


def test_the_right_code_at_the_fifth_try_lets_in(printed, browser, mailbox):
    first_step(browser, mailbox)
    for _try in range(MOST_SECOND_TRIES - 1):
        browser.post(SECOND, {"code": wrong(app_code(1))})
    browser.post(SECOND, {"code": app_code(1)})
    assert is_in(browser)


def test_starting_over_gives_no_endless_tries(portal, printed, personas):
    """A stranger who knows the password is stopped, whatever address they come from."""
    answers = []
    for number in range(6):
        at = {"environ_base": {"REMOTE_ADDR": f"10.3.{number}.1"}}
        browser = Browser(portal)
        with unit_of_work() as work:
            taken = FirstStep(
                public_id=f"first{number}", person_id=personas.alice.id, way="code", created_at=NOW
            )
            work.add(taken)
        with browser.client.session_transaction() as held:
            held["first_step"] = f"first{number}"
        answers += [browser.post(SECOND, {"code": "0"}, **at).status_code for _try in range(4)]
    assert answers == [422] * 19 + [429] * 5  # one try was to turn it on


@pytest.mark.parametrize(("late", "works"), [(-1, True), (0, False)])
def test_a_first_step_waits_ten_minutes(printed, browser, mailbox, late, works):
    first_step(browser, mailbox)
    with clock.stopped_at(NOW + FIRST_STEP_LIFE + timedelta(seconds=late)):
        browser.post(SECOND, {"code": app_code()})
        assert is_in(browser) is works


def test_the_act_itself_asks_whether_the_first_step_is_late(printed, browser, mailbox):
    first_step(browser, mailbox)
    waiting = session().scalars(select(FirstStep)).one()
    with unit_of_work():
        taken = take_second_step(waiting, printed[0], "Firefox", NOW + FIRST_STEP_LIFE)
    assert taken == START_OVER


def test_without_a_first_step_there_is_no_second(browser, alice):
    for one in (browser, alice):
        assert one.get(SECOND).headers["Location"] == "/sign-in"
        assert one.post(SECOND, {"code": "123456"}).headers["Location"] == "/sign-in"


def test_a_passkey_needs_no_second_step(portal, alice):
    device = Device()
    add(alice, device)
    turned_on(alice)
    browser = Browser(portal)
    assert enter(browser, device).headers["Location"] == "/"
    assert is_in(browser)
