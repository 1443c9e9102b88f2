"""Show again who you are with a code that is mailed to the primary address."""

from typing import Any

from flask import Response, abort, request

from portal.accounts import actions, forms, queries
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.limits import count_code
from portal.accounts.views.proving import HOME, go_on
from portal.accounts.views.sessions import here, me
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.people.queries import primary_address
from portal.web.forms import refuse
from portal.web.guards import is_proved, limited, own_path, signed_in, with_next
from portal.web.links import mail_is_shown
from portal.web.rendering import actor, page, redirect, refusal

CODE = ("accounts/proof_code.html", "accounts/_proof_code.html")


@accounts.post("/account/proof/mail")
@signed_in
@limited("60/hour")
def mail_proof() -> Response:
    """Mail a code to the primary address."""
    address = primary_address(me())
    if not address:
        abort(404)
    count_code(address)
    with unit_of_work():
        actions.ask_for_proof(actor(), here().session_id, clock.now())
    return redirect(with_next("/account/proof/code", own_path(request.form.get("next"))))


@accounts.get("/account/proof/mail")
@signed_in
def return_to_proof() -> Response:
    """Lead somebody who opens the address of a form back to its page."""
    return redirect("/account/proof")


@accounts.get("/account/proof/code")
@signed_in
def proof_code() -> Response:
    """Ask for the mailed code."""
    next_path = own_path(request.args.get("next"))
    if is_proved():
        return redirect(next_path or HOME)
    if queries.proof_request(here().session_id) is None:
        return redirect(with_next("/account/proof", next_path))
    return page(CODE[0], **_context(forms.CodeForm(), next_path))


@accounts.post("/account/proof/code")
@signed_in
@limited("30/5 minutes")
def prove_by_code() -> Response:
    """Prove it with the mailed code."""
    form = forms.CodeForm(request.form)
    next_path = own_path(request.form.get("next"))
    asked = queries.proof_request(here().session_id)
    if asked is None:
        return redirect(with_next("/account/proof", next_path))
    if form.validate():
        with unit_of_work():
            token = actions.prove_by_code(actor(), asked, form.code.data or "", clock.now())
        if isinstance(token, str):
            return go_on(token, next_path)
        refuse(form.code, token.reason)
    return refusal(*CODE, **_context(form, next_path))


def _context(form: forms.CodeForm, next_path: str | None) -> dict[str, Any]:
    return {
        "form": form,
        "next_path": next_path,
        "address": primary_address(me()),
        "mail_is_shown": mail_is_shown(),
    }
