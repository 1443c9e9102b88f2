"""Codes on paper: each lets in once, new ones replace them, and no copy of them is kept."""

import pytest
from sqlalchemy import select

from portal.accounts.actions.app_codes import code_at
from portal.accounts.models import PrintedCode
from portal.kernel.db import session
from portal.kernel.facts import FactRow
from tests.accounts.second_steps import (
    ALICE,
    MINE,
    PRINTED,
    SECOND,
    first_step,
    step_of,
    the_one,
)
from tests.accounts.walk import is_in
from tests.support.browser import Browser


@pytest.mark.parametrize("spelt", [str.upper, lambda code: code.replace("-", " "), str])
def test_a_printed_code_lets_in_once(portal, printed, browser, mailbox, spelt):
    first_step(browser, mailbox)
    page = browser.get(f"{SECOND}?with=printed").text
    assert 'name="with" value="printed"' in page
    form = {"code": spelt(printed[3]), "with": "printed"}
    assert browser.post(SECOND, form).status_code == 303
    assert is_in(browser)
    assert mailbox.to(ALICE)[-1].subject == "En utskriven kod användes"
    again = first_step(Browser(portal), mailbox)
    answer = again.post(SECOND, form)
    assert answer.status_code == 422
    assert "oanvända utskrivna koder" in answer.text
    assert not is_in(again)


@pytest.mark.parametrize("htmx", [False, True])
def test_new_printed_codes_take_the_place_of_the_old(portal, alice, printed, mailbox, htmx):
    answer = alice.post(f"{MINE}/codes", htmx=htmx)
    assert answer.status_code == 200
    fresh = PRINTED.findall(answer.text)
    assert len(set(fresh)) == 10
    assert not set(fresh) & set(printed)
    browser = first_step(Browser(portal), mailbox)
    assert browser.post(SECOND, {"code": printed[0]}).status_code == 422
    assert browser.post(SECOND, {"code": fresh[0]}).status_code == 303


def test_a_printed_code_turns_it_off_when_the_phone_is_lost(alice, printed):
    assert alice.post(f"{MINE}/removal", {"code": printed[9]}).status_code == 303


def test_the_database_alone_opens_nothing(portal, alice, printed):
    """With another key the app's codes are others, and printed codes are kept as keyed digests."""
    step = step_of(the_one())
    code = code_at(step, 1)
    kept = session().scalars(select(PrintedCode.digest)).all()
    before = portal.config["SECRET_KEY"]
    portal.config["SECRET_KEY"] = "another-" * 5
    assert code_at(step, 1) != code
    portal.config["SECRET_KEY"] = before
    assert all(len(digest) == 64 for digest in kept)
    facts = session().scalars(select(FactRow.body)).all()
    assert not any(one in str(facts) for one in printed)
