"""Add an address by the link that was mailed to it."""

from flask import Response, abort

from portal.accounts import actions, queries
from portal.accounts.models import AddressRequest
from portal.accounts.views.adding import add, added_address, known_already
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.sessions import me
from portal.kernel import clock
from portal.web.guards import limited, signed_in
from portal.web.rendering import page, refusal

LINK = ("accounts/address_link.html", "accounts/_address_link.html")


@accounts.get("/account/addresses/link/<public_id>/<secret>")
@signed_in
def address_link(public_id: str, secret: str) -> Response:
    """Show a button; opening the link uses nothing up, since mail scanners open links."""
    asked = _own_request(public_id)
    return page(LINK[0], asked=asked, secret=secret, problem=None, known=known_already(asked))


@accounts.post("/account/addresses/link/<public_id>/<secret>")
@signed_in
@limited("30/5 minutes")
def add_address_by_link(public_id: str, secret: str) -> Response:
    """Add the address with the mailed link."""
    asked = _own_request(public_id)
    known = known_already(asked)
    added = add(lambda: actions.add_address_by_link(asked, secret, clock.now()))
    if added:
        return added_address(known=known is not None)
    return refusal(*LINK, asked=asked, secret=secret, problem=added.reason, known=known)


def _own_request(public_id: str) -> AddressRequest:
    asked = queries.address_request_by(public_id, me())
    if asked is None:
        abort(404)
    return asked
