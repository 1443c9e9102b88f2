"""What has happened to one's account, for its owner alone."""

from typing import Any

from flask import Response, request

from portal.accounts import queries
from portal.accounts.policy import SECURITY_WORDS, WARNINGS, WAYS
from portal.accounts.queries import Entry
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.sessions import me
from portal.web.guards import signed_in
from portal.web.rendering import fragment, is_partial, page

LOG = ("accounts/log.html", "accounts/_log.html")


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
