"""Step-up: show again who you are, before something that matters.

Further ways of proving it are sections at the place "proof" (portal.web.sections); a provider gets
the path to go back to. Whoever has proved it calls `prove`.
"""

from typing import Any
from urllib.parse import quote

from flask import Response, abort, request
from flask_login import current_user

from portal.accounts import actions, forms, queries
from portal.accounts.policy import WRONG_PROOF
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.sessions import here, me
from portal.kernel import clock
from portal.kernel.db import release, unit_of_work
from portal.kernel.mailboxes import fold_address
from portal.people.queries import primary_address
from portal.web.forms import refuse
from portal.web.guards import limited, own_path, signed_in
from portal.web.links import mail_is_shown
from portal.web.rendering import actor, page, redirect, refusal
from portal.web.sections import sections_of
from portal.web.throttle import count_try
from portal.web.visits import hold

PAGE = "accounts/proof.html"
BY_PASSWORD = "accounts/_proof_password.html"
CODE = ("accounts/proof_code.html", "accounts/_proof_code.html")
HOME = "/account"


@accounts.get("/account/proof")
@signed_in
def proof() -> Response:
    """Ask who sits there, in the ways that the person has."""
    next_path = own_path(request.args.get("next"))
    if current_user.is_proved:  # type: ignore[attr-defined]
        return redirect(next_path or HOME)
    return page(PAGE, **_context(forms.ProofForm(), next_path))


@accounts.post("/account/proof")
@signed_in
@limited("60/hour")
def prove_by_password() -> Response:
    """Prove it with the password."""
    form = forms.ProofForm(request.form)
    next_path = own_path(request.form.get("next"))
    if form.validate():
        count_try("10/5 minutes", "proof", str(me()))
        account, address = queries.account_of(me()), primary_address(me())
        held = account.password_hash if account else None
        release()
        if actions.password_fits(held, form.password.data or ""):
            return prove(next_path)
        with unit_of_work():
            actions.note_refusal("password", address or "", clock.now())
        refuse(form.password, WRONG_PROOF.reason)
    return refusal(PAGE, BY_PASSWORD, **_context(form, next_path))


@accounts.post("/account/proof/mail")
@signed_in
@limited("60/hour")
def mail_proof() -> Response:
    """Mail a code to the primary address."""
    address = primary_address(me())
    if not address:
        abort(404)
    count_try("5/hour", "code by mail", fold_address(address))
    with unit_of_work():
        actions.ask_for_proof(actor(), here().session_id, clock.now())
    return redirect(_with_next("/account/proof/code", own_path(request.form.get("next"))))


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
    if current_user.is_proved:  # type: ignore[attr-defined]
        return redirect(next_path or HOME)
    if queries.proof_request(here().session_id) is None:
        return redirect(_with_next("/account/proof", next_path))
    return page(CODE[0], **_code_context(forms.CodeForm(), next_path))


@accounts.post("/account/proof/code")
@signed_in
@limited("30/5 minutes")
def prove_by_code() -> Response:
    """Prove it with the mailed code."""
    form = forms.CodeForm(request.form)
    next_path = own_path(request.form.get("next"))
    asked = queries.proof_request(here().session_id)
    if asked is None:
        return redirect(_with_next("/account/proof", next_path))
    if form.validate():
        with unit_of_work():
            token = actions.prove_by_code(actor(), asked, form.code.data or "", clock.now())
        if isinstance(token, str):
            hold(token)
            return redirect(next_path or HOME)
        refuse(form.code, token.reason)
    return refusal(*CODE, **_code_context(form, next_path))


def prove(next_path: str | None) -> Response:
    """Note that it has been proved at this browser, and go where the person was going."""
    with unit_of_work():
        hold(actions.prove(actor(), here().session_id, clock.now()))
    return redirect(next_path or HOME)


def _context(form: forms.ProofForm, next_path: str | None) -> dict[str, Any]:
    account = queries.account_of(me())
    return {
        "form": form,
        "next_path": next_path,
        "address": primary_address(me()),
        "has_password": account is not None and account.password_hash is not None,
        "sections": sections_of("proof", actor(), next_path),
    }


def _code_context(form: forms.CodeForm, next_path: str | None) -> dict[str, Any]:
    return {
        "form": form,
        "next_path": next_path,
        "address": primary_address(me()),
        "mail_is_shown": mail_is_shown(),
    }


def _with_next(path: str, next_path: str | None) -> str:
    return f"{path}?next={quote(next_path, safe='/')}" if next_path else path
