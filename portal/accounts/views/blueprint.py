"""The blueprint that the account pages hang on, and the one way to let somebody in."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint

from portal.accounts.actions import Entrance, end_visit
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import Decision
from portal.web.visits import held_token

accounts = Blueprint("accounts", __name__)


def attempt(entering: Callable[[datetime], Entrance | Decision]) -> Entrance | Decision:
    """Try to enter; whoever sat at this browser before is signed out by it."""
    at = clock.now()
    with unit_of_work():
        entered = entering(at)
        if isinstance(entered, Entrance) and held_token():
            end_visit(held_token(), at)
    return entered
