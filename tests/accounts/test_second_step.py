"""The second step is turned on with an app, and turned off; its pages."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.actions.app_codes import secret_of
from portal.accounts.models import PrintedCode, SecondStep
from portal.accounts.policy import RECENT
from portal.kernel import clock
from portal.kernel.db import session
from tests.accounts.second_steps import ALICE, MINE, PRINTED, app_code, step_of, the_one, turned_on
from tests.accounts.walk import asked, code_in, is_in, wrong
from tests.conftest import NOW
from tests.support.browser import Browser


def test_it_is_turned_on_with_a_code_of_the_app(alice, mailbox):
    assert "Slå på det" in alice.get(MINE).text
    alice.post(f"{MINE}/beginning")
    page = alice.get(f"{MINE}/setup").text
    secret = secret_of(step_of(the_one()))
    assert " ".join(secret[at : at + 4] for at in range(0, 32, 4)) in page
    form = {"code": wrong(app_code())}
    refused = alice.post(f"{MINE}/setup", form)
    assert refused.status_code == 422
    assert 'id="code-error"' in refused.text
    assert step_of(the_one()).confirmed_at is None
    shown = app_code()
    answer = alice.post(f"{MINE}/setup", {"code": f" {shown[:3]} {shown[3:]} "})
    assert answer.status_code == 200
    assert len(set(PRINTED.findall(answer.text))) == 10
    assert "<h1>Dina koder att skriva ut</h1>" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "10 av dem är oanvända." in alice.get(MINE).text
    assert mailbox.to(ALICE)[-1].subject == "Din inloggning har nu ett andra steg"


def test_the_picture_holds_the_same_secret_and_passes_the_content_policy(alice):
    alice.post(f"{MINE}/beginning")
    answer = alice.get(f"{MINE}/picture.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "style" not in answer.text
    assert "<script" not in answer.text
    turned_on(alice)
    assert alice.get(f"{MINE}/picture.svg").status_code == 404
    assert alice.get(f"{MINE}/setup").status_code == 303  # the secret is shown no more


def test_a_second_click_on_turn_on_makes_no_other_secret(alice):
    alice.post(f"{MINE}/beginning")
    first = step_of(the_one()).nonce
    alice.post(f"{MINE}/beginning")
    assert step_of(the_one()).nonce == first
    turned_on(alice)
    alice.post(f"{MINE}/beginning")
    assert step_of(the_one()).nonce == first
    assert step_of(the_one()).confirmed_at == NOW


def test_nothing_is_asked_for_before_it_is_confirmed(alice, portal, mailbox):
    alice.post(f"{MINE}/beginning")
    browser = Browser(portal)
    mail = asked(browser, mailbox, ALICE)
    assert browser.post("/sign-in/code", {"code": code_in(mail)}).headers["Location"] == "/"


def test_turning_it_on_signs_other_browsers_out(alice, personas):
    other = personas.browser(personas.alice)
    turned_on(alice)
    assert is_in(alice)
    assert not is_in(other)


@pytest.mark.parametrize("htmx", [False, True])
def test_turning_it_off_needs_a_code(portal, alice, printed, mailbox, htmx):
    for typed in ("", "000000", "aaaaa-aaaaa"):
        answer = alice.post(f"{MINE}/removal", {"code": typed}, htmx=htmx)
        assert answer.status_code == 422
        assert 'id="code-error"' in answer.text
    answer = alice.post(f"{MINE}/removal", {"code": app_code(1)}, htmx=htmx)
    assert answer.status_code == (204 if htmx else 303)
    session().rollback()
    assert session().scalars(select(SecondStep)).all() == []
    assert session().scalars(select(PrintedCode)).all() == []
    assert mailbox.to(ALICE)[-1].subject == "Det andra steget stängdes av"
    browser = Browser(portal)
    mail = asked(browser, mailbox, ALICE)
    assert browser.post("/sign-in/code", {"code": code_in(mail)}).headers["Location"] == "/"


def test_the_pages_want_a_fresh_proof(alice, printed):
    with clock.stopped_at(NOW + RECENT):
        for path in ("", "/setup", "/picture.svg", "/codes", "/removal", "/beginning"):
            assert alice.get(MINE + path).headers["Location"].startswith("/account/proof")
        for path in ("/setup", "/codes", "/removal", "/beginning"):
            answer = alice.post(MINE + path, {"code": printed[0]})
            assert answer.headers["Location"].startswith("/account/proof")
    assert step_of(the_one()) is not None


def test_where_it_is_off_its_forms_lead_back(alice):
    for path in ("/setup", "/codes", "/removal"):
        answer = alice.post(MINE + path, {"code": "123456"})
        assert answer.headers["Location"] == MINE
    for path in ("/beginning", "/codes", "/removal"):
        assert alice.get(MINE + path).headers["Location"] == MINE


@pytest.mark.parametrize("act", ["setup", "removal"])
def test_codes_are_guessed_twenty_times_an_hour_at_most(alice, act):
    """Also by whoever sits at somebody's open browser."""
    if act == "removal":
        turned_on(alice)
    alice.post(f"{MINE}/beginning")
    form, right = {"code": wrong(app_code())}, 20 - (act == "removal")
    assert {alice.post(f"{MINE}/{act}", form).status_code for _time in range(right)} == {422}
    assert alice.post(f"{MINE}/{act}", form).status_code == 429
    with clock.stopped_at(NOW + timedelta(minutes=29)):
        assert alice.post(f"{MINE}/{act}", {"code": app_code()}).status_code == 429
