"""Add an address: it is one's own when the code or the link that was mailed to it comes back."""

from collections.abc import Callable
from typing import Any

from flask import Response, request

from portal.accounts import actions, forms, queries
from portal.accounts.models import AddressRequest
from portal.accounts.views.addresses import LIST
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.limits import count_code
from portal.accounts.views.sessions import me
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import Decision, NotAllowed, deny
from portal.kernel.mailboxes import fold_address
from portal.kernel.text import _, _l
from portal.people.models import EmailAddress
from portal.people.policy import may_add_address
from portal.people.queries import addresses_of
from portal.web.forms import refuse
from portal.web.guards import limited, proved, signed_in
from portal.web.links import mail_is_shown
from portal.web.rendering import actor, notice, page, redirect, refusal
from portal.web.throttle import count_try

NEW = ("accounts/new_address.html", "accounts/_new_address.html")
CODE = ("accounts/address_code.html", "accounts/_address_code.html")


@accounts.get("/account/addresses/new")
@proved
def new_address() -> Response:
    """Ask for an address."""
    adding = may_add_address(len(addresses_of(me())))
    return page(NEW[0], form=forms.AddressForm(), adding=adding)


@accounts.post("/account/addresses/new")
@proved
@limited("60/hour")
def ask_to_add_address() -> Response:
    """Mail a code to an address; the answer is the same when it is somebody else's."""
    form = forms.AddressForm(request.form)
    mine = addresses_of(me())
    adding = may_add_address(len(mine))
    if form.validate() and adding:
        if all(one.folded != fold_address(form.email.data or "") for one in mine):
            return ask(form.email.data or "")
        refuse(form.email, _l("You have that address already."))
    return refusal(*NEW, form=form, adding=adding)


@accounts.get("/account/addresses/code")
@signed_in
def address_code() -> Response:
    """Ask for the code that was mailed to the new address."""
    asked = queries.address_request(me())
    if asked is None:
        return redirect(LIST)
    return page(CODE[0], **_context(forms.CodeForm(), asked))


@accounts.post("/account/addresses/code")
@signed_in
@limited("30/5 minutes")
def add_address_by_code() -> Response:
    """Add the address with the mailed code."""
    asked = queries.address_request(me())
    if asked is None:
        return redirect(LIST)
    form = forms.CodeForm(request.form)
    context = _context(form, asked)
    if form.validate():
        added = add(lambda: actions.add_address_by_code(asked, form.code.data or "", clock.now()))
        if added:
            return added_address(known=context["known"] is not None)
        refuse(form.code, added.reason)
    return refusal(*CODE, **context)


@accounts.get("/account/addresses/code/renewal")
@signed_in
def return_to_address_code() -> Response:
    """Lead somebody who opens the address of a form back to its page."""
    return redirect("/account/addresses/code")


@accounts.post("/account/addresses/code/renewal")
@proved
@limited("60/hour")
def ask_to_add_again() -> Response:
    """Mail a new code to the new address."""
    asked = queries.address_request(me())
    return redirect(LIST) if asked is None else ask(asked.address)


def ask(address: str) -> Response:
    """Mail a code to the address and ask for it here; only so often, since it may be anybody's."""
    count_try("20/day", "addresses", str(me()))
    count_code(address)
    with unit_of_work():
        actions.ask_to_add_address(actor(), address, clock.now())
    return redirect("/account/addresses/code")


def add(adding: Callable[[], Decision]) -> Decision:
    """Try to add; why not, if it may not be done, stands at the form."""
    try:
        with unit_of_work():
            return adding()
    except NotAllowed as refused:
        return deny(refused.reason)


def added_address(*, known: bool) -> Response:
    """Say that the address is one's own, or that mails arrive there again, and show all of them."""
    if known:
        notice(_("Good: our mails arrive there."))
    else:
        notice(_("The address is yours. You can sign in with it from now on."))
    return redirect(LIST)


def known_already(asked: AddressRequest) -> EmailAddress | None:
    """Return the address that is asked about, if it is among one's own: do mails arrive there?"""
    return next((one for one in addresses_of(me()) if one.folded == asked.folded), None)


def _context(form: forms.CodeForm, asked: AddressRequest) -> dict[str, Any]:
    return {
        "form": form,
        "address": asked.address,
        "known": known_already(asked),
        "mail_is_shown": mail_is_shown(),
    }
