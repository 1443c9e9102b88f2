"""One's own account: address, password, and where one is signed in."""

from typing import Any

from flask import Response, request
from flask_login import current_user

from portal.accounts import actions, forms, queries
from portal.accounts.policy import may_use_password
from portal.accounts.views.blueprint import accounts
from portal.kernel import clock
from portal.kernel.db import release, unit_of_work
from portal.kernel.text import _
from portal.people.queries import primary_address
from portal.web.brand import brand
from portal.web.guards import limited, signed_in
from portal.web.rendering import actor, notice, page, redirect, refusal


@accounts.get("/account")
@signed_in
def show() -> Response:
    """Show address, password and signed-in browsers."""
    return page("accounts/show.html", **_context(forms.NewPasswordForm()))


@accounts.post("/account/password")
@signed_in
@limited("10/5 minutes")
def set_password() -> Response:
    """Set or change the password; signs every other browser out."""
    form = forms.NewPasswordForm(request.form)
    context = _context(form)
    present = context["account"].password_hash
    release()
    if form.validate() and _fits(form, present, context["address"] or ""):
        hashed = actions.hash_password(form.password.data or "")
        with unit_of_work():
            keep = current_user.signed_in.session_id
            actions.set_password(actor(), hashed, clock.now(), keep)
        notice(_("Your password is saved. All your other browsers are signed out."))
        return redirect("/account")
    return refusal("accounts/show.html", "accounts/_new_password.html", **context)


@accounts.post("/account/password/removal")
@signed_in
@limited("10/5 minutes")
def remove_password() -> Response:
    """Go back to signing in by mail only."""
    with unit_of_work():
        keep = current_user.signed_in.session_id
        actions.set_password(actor(), None, clock.now(), keep)
    notice(_("Your password is gone. From now on you sign in with a code by mail."))
    return redirect("/account")


def _context(form: forms.NewPasswordForm) -> dict[str, Any]:
    me = actor()
    assert me.person_id is not None  # noqa: S101 - the guard has seen to it
    return {
        "form": form,
        "account": queries.account_of(me.person_id),
        "address": primary_address(me.person_id),
        "sessions": queries.sessions_of(me.person_id),
        "here": current_user.signed_in.public_id,
    }


def _fits(form: forms.NewPasswordForm, present: str | None, address: str) -> bool:
    if present and not actions.password_fits(present, form.present.data or ""):
        form.present.errors = [_("That is not your present password.")]
        return False
    decision = may_use_password(form.password.data or "", [actor().name, address, brand().name])
    if not decision:
        form.password.errors = [decision.reason]
    return bool(decision)
