"""The blueprint that the account pages hang on, and the one way to let somebody in."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from flask import Blueprint, Response, session

from portal.accounts import queries
from portal.accounts.actions import Entrance, end_visit
from portal.accounts.models import FirstStep
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import Decision, NotAllowed, deny
from portal.kernel.text import _
from portal.web.rendering import notice, redirect
from portal.web.visits import held_token, let_in

accounts = Blueprint("accounts", __name__)
TAKEN = "first_step"  # where the browser keeps which first step was taken at it
E = TypeVar("E")


def attempt(entering: Callable[[datetime], E]) -> E | Decision:
    """Try to enter; whoever sat at this browser before is signed out by it."""
    at = clock.now()
    try:
        with unit_of_work():
            entered = entering(at)
            if isinstance(entered, Entrance) and held_token():
                end_visit(held_token(), at)
    except NotAllowed as kept_out:
        return deny(kept_out.reason)
    return entered


def welcome(entered: Entrance | FirstStep) -> Response:
    """Let the browser in; or ask somebody who has a second step for it, on a page of its own."""
    if isinstance(entered, FirstStep):
        session[TAKEN] = entered.public_id
        return redirect("/sign-in/second-step")
    answer = let_in(entered.token, entered.language, entered.next_path)
    # The start page says it itself.
    trouble = queries.troubled_address(entered.person_id) if entered.next_path else None
    if trouble and trouble.bounced_at:
        notice(_("Our mails to you come back. Look at your addresses, in your account."), "info")
    return answer
