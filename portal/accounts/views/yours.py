"""One's own account at a glance.

The ways in that other modules make are sections at the place "account" (portal.web.sections): list
items, each a link to its page.
"""

from typing import Any

from flask import Response

from portal.accounts import queries
from portal.accounts.policy import idle_life, session_life
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.sessions import here, me
from portal.people.queries import addresses_of
from portal.web.guards import signed_in
from portal.web.rendering import actor, page
from portal.web.sections import sections_of
from portal.web.zones import choice


@accounts.get("/account")
@signed_in
def show() -> Response:
    """Show addresses, ways in and signed-in browsers."""
    return page("accounts/show.html", **context())


def context(clock_error: str = "") -> dict[str, Any]:
    """Return what the whole page needs."""
    return {
        "addresses": addresses_of(me()),
        "has_password": here().has_password,
        "sessions": queries.sessions_of(me()),
        "here": here().public_id,
        "idle_life": idle_life(actor()),
        "session_life": session_life(actor()),
        "sections": sections_of("account", actor(), None),
        "clock": choice(clock_error),
    }
