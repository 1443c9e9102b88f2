"""The addresses of an account: the list, and giving one up."""

from flask import Response, abort

from portal.accounts import actions, queries
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.sessions import me
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.people.models import EmailAddress
from portal.people.policy import may_add_address, may_remove_address
from portal.people.queries import addresses_of, workplaces
from portal.web.guards import limited, proved, signed_in
from portal.web.links import contact
from portal.web.rendering import actor, notice, page, redirect

LIST = "/account/addresses"


@accounts.get("/account/addresses")
@signed_in
def addresses() -> Response:
    """List one's addresses, and what waits for their mailboxes."""
    mine = addresses_of(me())
    waiting = queries.waiting(me())
    return page(
        "accounts/addresses.html",
        addresses=mine,
        by_id={one.id: one.address for one in mine},
        workplaces=workplaces(one.address for one in mine),
        adding=may_add_address(len(mine)),
        change=waiting.change,
        asked=waiting.asked,
        contact=contact(),
    )


@accounts.get("/account/addresses/<public_id>/removal")
@proved
def consider_removal(public_id: str) -> Response:
    """Ask whether an address is to be given up."""
    mine, chosen = mine_and_chosen(public_id)
    removing = may_remove_address(chosen.is_primary, len(mine))
    return page("accounts/address_removal.html", chosen=chosen, removing=removing)


@accounts.post("/account/addresses/<public_id>/removal")
@proved
@limited("60/hour")
def remove_address(public_id: str) -> Response:
    """Give an address up; it is told so, and the primary one too."""
    if not any(one.public_id == public_id for one in addresses_of(me())):
        notice(_("That address is not among yours."), "info")
        return redirect(LIST)
    with unit_of_work():
        actions.give_up_address(actor(), public_id, clock.now())
    notice(_("The address is removed."))
    return redirect(LIST)


def mine_and_chosen(public_id: str) -> tuple[list[EmailAddress], EmailAddress]:
    """Return all of one's addresses and the one that is meant; 404 when it is not among them."""
    mine = list(addresses_of(me()))
    chosen = next((one for one in mine if one.public_id == public_id), None)
    if chosen is None:
        abort(404)
    return mine, chosen
