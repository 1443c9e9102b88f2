"""Sign in with a password."""

from flask import Response, request

from portal.accounts import actions, forms, queries
from portal.accounts.actions import Entrance
from portal.accounts.models import FirstStep
from portal.accounts.policy import WRONG_PASSWORD
from portal.accounts.views.blueprint import accounts, attempt, welcome
from portal.kernel import clock
from portal.kernel.db import release, unit_of_work
from portal.kernel.decisions import Decision
from portal.web.forms import refuse
from portal.web.guards import limited, own_path
from portal.web.rendering import actor, page, redirect, refusal
from portal.web.visits import browser

TEMPLATES = ("accounts/password.html", "accounts/_password.html")


@accounts.get("/sign-in/password")
def password() -> Response:
    """Ask for address and password."""
    next_path = own_path(request.args.get("next"))
    if actor().is_signed_in:
        return redirect(next_path or "/")
    return page(TEMPLATES[0], form=forms.PasswordSignInForm(), next_path=next_path)


@accounts.post("/sign-in/password")
@limited("10/5 minutes", by="email")
@limited("60/hour")
def enter_by_password() -> Response:
    """Sign in with a password; a wrong one and an unknown address look and take the same."""
    form = forms.PasswordSignInForm(request.form)
    next_path = own_path(request.form.get("next"))
    if form.validate():
        entered = _enter(form.email.data or "", form.password.data or "", next_path)
        if not isinstance(entered, Decision):
            return welcome(entered)
        refuse(form.password, entered.reason)
    return refusal(*TEMPLATES, form=form, next_path=next_path)


def _enter(address: str, password: str, next_path: str | None) -> Entrance | FirstStep | Decision:
    _person_id, password_hash = queries.password_of(address)
    release()
    if not actions.password_fits(password_hash, password) or password_hash is None:
        with unit_of_work():
            actions.note_refusal("password", address, clock.now())
        return WRONG_PASSWORD
    verified, at_browser = password_hash, browser()
    return attempt(
        lambda at: actions.enter_by_password(address, verified, at_browser, at, next_path)
    )
