"""Make another address primary: begun here; both mailboxes confirm it."""

from flask import Response

from portal.accounts import actions
from portal.accounts.views.addresses import LIST, mine_and_chosen
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.sessions import me
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.people.policy import may_make_primary
from portal.web.guards import limited, proved, signed_in
from portal.web.links import contact
from portal.web.rendering import actor, notice, page, redirect
from portal.web.throttle import count_try


@accounts.get("/account/addresses/<public_id>/primary")
@proved
def consider_primary(public_id: str) -> Response:
    """Say what is going to happen, before both addresses are written to."""
    mine, chosen = mine_and_chosen(public_id)
    return page(
        "accounts/primary.html",
        chosen=chosen,
        present=next((one for one in mine if one.is_primary), None),
        making=may_make_primary(chosen.is_primary),
        contact=contact(),
    )


@accounts.post("/account/addresses/<public_id>/primary")
@proved
@limited("60/hour")
def ask_to_change_primary(public_id: str) -> Response:
    """Mail a link to the old and to the new address."""
    mine_and_chosen(public_id)
    count_try("10/day", "primary address", str(me()))
    with unit_of_work():
        actions.ask_to_change_primary(actor(), public_id, clock.now())
    notice(_("We have written to both addresses. Open the link in each of the two mails."))
    return redirect(LIST)


@accounts.post("/account/addresses/change/withdrawal")
@signed_in
def withdraw_change() -> Response:
    """Take back a change that waits."""
    with unit_of_work():
        actions.withdraw_change(actor(), clock.now())
    notice(_("Nothing is changed."))
    return redirect(LIST)


@accounts.get("/account/addresses/change/withdrawal")
@signed_in
def return_to_addresses() -> Response:
    """Lead somebody who opens the address of a form back to its page."""
    return redirect(LIST)
