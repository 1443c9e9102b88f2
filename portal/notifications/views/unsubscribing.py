"""The way out of a list, by the address in the mail itself (RFC 8058).

Whoever holds the address is the right one: mail programs send the POST without cookies, so none is
looked at and none is set, nobody is signed in, and no token is asked for. Opening it changes nothing.
Guessing is hopeless (256 bits), so nothing is counted: one provider posts for many people.
"""

from flask import Response, abort

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.mailboxes import masked
from portal.kernel.text import speak
from portal.notifications import actions, queries
from portal.notifications.queries import Place
from portal.notifications.views.blueprint import notifications
from portal.web.dates import follow
from portal.web.guards import without_token
from portal.web.rendering import bare_page

LINK = "/mail/lists/<token>"


@notifications.get(LINK)
def mailing_list(token: str) -> Response:
    """Say which list it is, and show one button."""
    return _page(token)


@notifications.get(f"{LINK}/undoing", endpoint="return_to_mailing_list")
def return_to_list(token: str) -> Response:
    """Show the list to somebody who loads the answer anew."""
    return _page(token)


@notifications.post(LINK)
@without_token
def leave_list(token: str) -> Response:
    """Switch the list off; 200 each time, whatever the body says (RFC 8058, 3.2)."""
    with unit_of_work():
        actions.leave_list(_found(actions.held_place(token)), clock.now())
    return _page(token, has_left=True)


@notifications.post(f"{LINK}/undoing", endpoint="rejoin_mailing_list")
@without_token
def rejoin_list(token: str) -> Response:
    """Have it as it was before it was switched off through this very link."""
    with unit_of_work():
        actions.rejoin_list(_found(actions.held_place(token)), clock.now())
    return _page(token)


def _page(token: str, *, has_left: bool = False) -> Response:
    place = _found(queries.place_called(token))
    address = None
    if place.reader is not None:
        address = masked(place.reader.address)
        speak(place.reader.language)
        follow(place.reader.zone)
    path = f"/mail/lists/{token}"
    return bare_page(
        "notifications/list.html", place=place, address=address, path=path, has_left=has_left
    )


def _found(place: Place | None) -> Place:
    return place or abort(404)
