"""One's own account: address, password, and where one is signed in."""

from typing import Any

from flask import Response, abort, request

from portal.accounts import actions, forms, queries
from portal.accounts.policy import (
    is_recent,
    may_change_password,
    may_remove_password,
    may_use_password,
)
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.sessions import here
from portal.accounts.views.signing_in import ask
from portal.kernel import clock
from portal.kernel.db import release, unit_of_work
from portal.kernel.decisions import Decision
from portal.kernel.text import _
from portal.people.queries import primary_address
from portal.web.brand import brand
from portal.web.forms import refuse
from portal.web.guards import limited, signed_in
from portal.web.rendering import actor, notice, page, redirect, refusal
from portal.web.visits import hold

PAGE = "accounts/show.html"


@accounts.get("/account")
@signed_in
def show() -> Response:
    """Show address, password and signed-in browsers."""
    return page(PAGE, **_context(forms.NewPasswordForm(), forms.RemovalForm()))


@accounts.get("/account/password")
@accounts.get("/account/password/removal", endpoint="return_from_removal")
@signed_in
def return_to_account() -> Response:
    """Lead somebody who opens the address of a form back to its page."""
    return redirect("/account")


@accounts.post("/account/password")
@signed_in
@limited("10/5 minutes")
def set_password() -> Response:
    """Set or change the password; signs every other browser out."""
    form = forms.NewPasswordForm(request.form)
    held, address = _password_and_address()
    if form.validate() and _fits(form, held, address):
        hashed = actions.hash_password(form.password.data or "")
        with unit_of_work():
            session_id = here().session_id
            hold(actions.change_password(actor(), hashed, session_id, clock.now()))
        notice(_("Your password is saved. All your other browsers are signed out."))
        return redirect("/account")
    context = _context(form, forms.RemovalForm())
    return refusal(PAGE, "accounts/_new_password.html", **context)


@accounts.post("/account/password/removal")
@signed_in
@limited("10/5 minutes")
def remove_password() -> Response:
    """Go back to signing in by mail only."""
    form = forms.RemovalForm(request.form)
    held, _address = _password_and_address()
    may = may_remove_password(_is_present(held, form.present.data), _is_recent())
    if form.validate() and may:
        with unit_of_work():
            session_id = here().session_id
            hold(actions.remove_password(actor(), session_id, clock.now()))
        notice(_("Your password is gone. From now on you sign in with a code by mail."))
        return redirect("/account")
    if not may:
        refuse(form.present, may.reason)
    context = _context(forms.NewPasswordForm(), form)
    return refusal(PAGE, "accounts/_removal.html", **context)


@accounts.post("/account/confirmation")
@signed_in
@limited("60/hour")
def confirm() -> Response:
    """Mail a code to the person's own address, to be sure who sits at this browser."""
    _held, address = _password_and_address()
    if not address:
        abort(404)
    return ask(address, None, "/account")


def _context(form: forms.NewPasswordForm, removal: forms.RemovalForm) -> dict[str, Any]:
    return {
        "form": form,
        "removal": removal,
        "account": queries.account_of(_me()),
        "address": primary_address(_me()),
        "sessions": queries.sessions_of(_me()),
        "here": here().public_id,
        "is_recent": _is_recent(),
    }


def _me() -> int:
    person_id = actor().person_id
    assert person_id is not None
    return person_id


def _password_and_address() -> tuple[str | None, str]:
    """Read what a decision needs, and let go of the transaction: hashing is slow."""
    account, address = queries.account_of(_me()), primary_address(_me())
    held = account.password_hash if account else None
    release()
    return held, address or ""


def _is_present(held: str | None, typed: str | None) -> bool:
    return held is not None and bool(typed) and actions.password_fits(held, typed or "")


def _is_recent() -> bool:
    return is_recent(here().began_at, clock.now())


def _fits(form: forms.NewPasswordForm, held: str | None, address: str) -> bool:
    may = may_change_password(bool(held), _is_present(held, form.present.data), _is_recent())
    if not may:
        refuse(form.present if held else form.password, may.reason)
        return False
    usable = _usable(form.password.data or "", address)
    if not usable:
        refuse(form.password, usable.reason)
    return bool(usable)


def _usable(password: str, address: str) -> Decision:
    return may_use_password(password, [actor().name, address, brand().name])
