"""When mails do not reach an address: try it again, or let come what had been called unwanted."""

from flask import Response

from portal.accounts import actions
from portal.accounts.views.adding import ask
from portal.accounts.views.addresses import LIST, mine_and_chosen
from portal.accounts.views.blueprint import accounts
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.web.guards import limited, signed_in
from portal.web.rendering import actor, notice, redirect


@accounts.post("/account/addresses/<public_id>/trial")
@signed_in
@limited("60/hour")
def try_again(public_id: str) -> Response:
    """Mail a code to an address that mails come back from: when it is written here, they arrive."""
    _mine, chosen = mine_and_chosen(public_id)
    if chosen.bounced_at is None:
        notice(_("Good: our mails arrive there."))
        return redirect(LIST)
    return ask(chosen.address)


@accounts.post("/account/addresses/<public_id>/allowance")
@signed_in
@limited("60/hour")
def allow_news(public_id: str) -> Response:
    """Let mails that are chosen go to an address again, where they had been called unwanted."""
    _mine, chosen = mine_and_chosen(public_id)
    with unit_of_work():
        actions.allow_news(actor(), public_id, clock.now())
    notice(_("From now on news comes to %(address)s again.", address=chosen.address))
    return redirect(LIST)
