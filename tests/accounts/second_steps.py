"""What the tests about the second step share: an app, and the way to the second page."""

import re

from sqlalchemy import select

from portal.accounts.actions.app_codes import code_at
from portal.accounts.models import SecondStep
from portal.accounts.policy import STEP
from portal.kernel import clock
from portal.kernel.db import session
from tests.accounts.walk import asked, code_in

MINE = "/account/second-step"
SECOND = "/sign-in/second-step"
ALICE = "alice@example.com"
PRINTED = re.compile(r"<li><code>([a-z2-9]{5}-[a-z2-9]{5})</code></li>")


def step_of(person_id):
    session().rollback()
    return session().get(SecondStep, person_id)


def the_one():
    """Return whose second step it is, where there is one."""
    session().rollback()
    return session().scalars(select(SecondStep.person_id)).one()


def app_code(steps=0):
    """Return what the app shows now, or some steps from now."""
    now = int(clock.now().timestamp()) // STEP
    return code_at(step_of(the_one()), now + steps)


def turned_on(browser):
    """Turn the second step on; returns the printed codes."""
    assert browser.post(f"{MINE}/beginning").status_code == 303
    answer = browser.post(f"{MINE}/setup", {"code": app_code()})
    assert answer.status_code == 200, answer.text
    return PRINTED.findall(answer.text)


def first_step(browser, mailbox, **form):
    """Take the first step with a mailed code."""
    mail = asked(browser, mailbox, ALICE, **form)
    answer = browser.post("/sign-in/code", {"code": code_in(mail)})
    assert answer.headers["Location"] == SECOND
    return browser
