"""Sign in or up with a mailed code or link."""

from typing import Any

from flask import Response, abort, request, session

from portal.accounts import actions, forms, queries
from portal.accounts.models import SignInRequest
from portal.accounts.views.blueprint import accounts, attempt, welcome
from portal.accounts.views.limits import count_code
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import Decision
from portal.kernel.text import language
from portal.web.brand import brand
from portal.web.forms import refuse
from portal.web.guards import limited, own_path
from portal.web.links import mail_is_shown
from portal.web.rendering import actor, page, redirect, refusal
from portal.web.visits import browser

ASKED = "sign_in"
SIGN_IN = ("accounts/sign_in.html", "accounts/_sign_in.html")
SIGN_UP = ("accounts/sign_up.html", "accounts/_sign_up.html")
CODE = ("accounts/code.html", "accounts/_code.html")
LINK = ("accounts/link.html", "accounts/_link.html")


@accounts.get("/sign-in")
def sign_in() -> Response:
    """Ask for an address."""
    next_path = own_path(request.args.get("next"))
    if actor().is_signed_in:
        return redirect(next_path or "/")
    return page(SIGN_IN[0], form=forms.SignInForm(), next_path=next_path)


@accounts.post("/sign-in")
@limited("10/5 minutes", by="email")
@limited("60/hour")
def ask_for_code() -> Response:
    """Mail a code; the answer is the same whether or not the address is known."""
    form = forms.SignInForm(request.form)
    next_path = own_path(request.form.get("next"))
    if not form.validate():
        return refusal(*SIGN_IN, form=form, next_path=next_path)
    return ask(form.email.data or "", None, next_path)


@accounts.get("/sign-up")
def sign_up() -> Response:
    """Ask for name and address."""
    next_path = own_path(request.args.get("next"))
    if actor().is_signed_in:
        return redirect(next_path or "/")
    return page(SIGN_UP[0], form=forms.SignUpForm(), next_path=next_path)


@accounts.post("/sign-up")
@limited("10/5 minutes", by="email")
@limited("20/hour")
def ask_to_join() -> Response:
    """Mail a code to a new person; a known one gets one to sign in, and nobody else learns it."""
    form = forms.SignUpForm(request.form)
    next_path = own_path(request.form.get("next"))
    if not form.validate():
        return refusal(*SIGN_UP, form=form, next_path=next_path)
    return ask(form.email.data or "", form.name.data, next_path)


@accounts.get("/sign-in/code")
def code() -> Response:
    """Ask for the mailed code."""
    if not (asked := _asked()):
        return redirect("/sign-in")
    return page(CODE[0], form=forms.CodeForm(), **_context(asked))


@accounts.post("/sign-in/code")
@limited("30/5 minutes")
def enter_by_code() -> Response:
    """Sign in with the mailed code."""
    if not (asked := _asked()):
        return redirect("/sign-in")
    form = forms.CodeForm(request.form)
    context = _context(asked)
    if form.validate():
        typed, host, at_browser = form.code.data or "", brand().name, browser()
        entered = attempt(lambda at: actions.enter_by_code(asked, typed, host, at_browser, at))
        if not isinstance(entered, Decision):
            return welcome(entered)
        refuse(form.code, entered.reason)
    return refusal(*CODE, form=form, **context)


@accounts.get("/sign-in/code/renewal")
def return_to_code() -> Response:
    """Lead somebody who opens the address of a form back to its page."""
    return redirect("/sign-in/code")


@accounts.post("/sign-in/code/renewal")
@limited("60/hour")
def ask_again() -> Response:
    """Mail a new code for what was asked for before."""
    if not (asked := _asked()):
        return redirect("/sign-in")
    return ask(asked.address, asked.name, asked.next_path)


@accounts.get("/sign-in/link/<public_id>/<secret>")
def link(public_id: str, secret: str) -> Response:
    """Show a button; opening the link uses nothing up, since mail scanners open links."""
    return page(LINK[0], public_id=public_id, secret=secret, problem=None)


@accounts.post("/sign-in/link/<public_id>/<secret>")
@limited("30/5 minutes")
def enter_by_link(public_id: str, secret: str) -> Response:
    """Sign in with the mailed link."""
    asked = queries.sign_in_request(public_id)
    if asked is None:
        abort(404)
    host, at_browser = brand().name, browser()
    entered = attempt(lambda at: actions.enter_by_link(asked, secret, host, at_browser, at))
    if not isinstance(entered, Decision):
        return welcome(entered)
    return refusal(*LINK, public_id=public_id, secret=secret, problem=entered.reason)


def ask(address: str, name: str | None, next_path: str | None) -> Response:
    """Mail a code to the address, and ask for it here; at most five times an hour."""
    count_code(address)
    with unit_of_work():
        asked = actions.ask_to_sign_in(
            address, language(), clock.now(), name=name, next_path=next_path
        )
        public_id = asked.public_id
    session[ASKED] = public_id
    return redirect("/sign-in/code")


def _asked() -> SignInRequest | None:
    return queries.sign_in_request(session.get(ASKED, ""))


def _context(asked: SignInRequest) -> dict[str, Any]:
    return {"address": asked.address, "mail_is_shown": mail_is_shown()}
