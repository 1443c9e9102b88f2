"""One's own account at a glance, and what has happened to it.

The ways in that other modules make are sections at the place "account" (portal.web.sections): list
items, each a link to its page.
"""

from typing import Any

from flask import Response, request

from portal.accounts import queries
from portal.accounts.policy import SECURITY_WORDS, WARNINGS, WAYS, idle_life, session_life
from portal.accounts.queries import Entry
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.sessions import here, me
from portal.people.queries import addresses_of
from portal.web.guards import signed_in
from portal.web.rendering import actor, fragment, is_partial, page
from portal.web.sections import sections_of

LOG = ("accounts/log.html", "accounts/_log.html")


@accounts.get("/account")
@signed_in
def show() -> Response:
    """Show addresses, ways in and signed-in browsers."""
    addresses = addresses_of(me())
    return page(
        "accounts/show.html",
        addresses=addresses,
        account=queries.account_of(me()),
        sessions=queries.sessions_of(me()),
        here=here().public_id,
        idle_life=idle_life(actor()),
        session_life=session_life(actor()),
        sections=sections_of("account", actor(), None),
    )


@accounts.get("/account/log")
@signed_in
def log() -> Response:
    """Show what has happened to the account; for htmx, more of it."""
    after = request.args.get("after")
    found = queries.security_log(me(), after)
    details = queries.details_of(found.rows, me())
    context: dict[str, Any] = {
        "entries": [_told(one, details) for one in found.rows],
        "after": after,
        "more": f"/account/log?after={found.after}" if found.after else None,
    }
    return fragment(LOG[1], **context) if is_partial() else page(LOG[0], **context)


def _told(entry: Entry, details: dict[tuple[str, int], tuple[str, str]]) -> dict[str, Any]:
    """Return an entry in words, with what is known of the browser or the address."""
    browser, way = details.get(("session", entry.session_id or 0), ("", ""))
    address, _none = details.get(("address", entry.address_id or 0), ("", ""))
    how = str(WAYS[way]) if entry.name == "SignedIn" and way in WAYS else ""
    return {
        "words": SECURITY_WORDS[entry.name],
        "at": entry.at,
        "details": [one for one in (how, browser, address) if one],
        "is_warning": entry.name in WARNINGS,
    }
