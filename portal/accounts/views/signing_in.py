"""Sign in or up: by a mailed code or link, or by password."""

from flask import Response, abort, request, session

from portal.accounts import actions, forms, queries
from portal.accounts.actions import Entrance
from portal.accounts.views.blueprint import accounts, browser, let_in
from portal.kernel import clock
from portal.kernel.db import release, unit_of_work
from portal.kernel.decisions import Decision
from portal.kernel.text import _, language
from portal.people.queries import person_by_address
from portal.web.brand import brand
from portal.web.guards import limited, own_path
from portal.web.rendering import actor, page, redirect, refusal

ASKED = "sign_in"


@accounts.get("/sign-in")
def sign_in() -> Response:
    """Ask for an address."""
    if actor().is_signed_in:
        return redirect("/")
    next_path = own_path(request.args.get("next"))
    return page("accounts/sign_in.html", form=forms.SignInForm(), next_path=next_path)


@accounts.post("/sign-in")
@limited("10/5 minutes", by="email")
@limited("60/hour")
def ask_for_code() -> Response:
    """Mail a code; the answer is the same whether or not the address is known."""
    form = forms.SignInForm(request.form)
    next_path = own_path(request.form.get("next"))
    if not form.validate():
        templates = ("accounts/sign_in.html", "accounts/_sign_in.html")
        return refusal(*templates, form=form, next_path=next_path)
    return _ask(form.email.data or "", None, next_path)


@accounts.get("/sign-up")
def sign_up() -> Response:
    """Ask for name and address."""
    if actor().is_signed_in:
        return redirect("/")
    next_path = own_path(request.args.get("next"))
    return page("accounts/sign_up.html", form=forms.SignUpForm(), next_path=next_path)


@accounts.post("/sign-up")
@limited("10/5 minutes", by="email")
@limited("20/hour")
def ask_to_join() -> Response:
    """Mail a code to a new person; a known one gets a code to sign in, and nobody else learns it."""
    form = forms.SignUpForm(request.form)
    next_path = own_path(request.form.get("next"))
    if not form.validate():
        templates = ("accounts/sign_up.html", "accounts/_sign_up.html")
        return refusal(*templates, form=form, next_path=next_path)
    return _ask(form.email.data or "", form.name.data, next_path)


@accounts.get("/sign-in/code")
def code() -> Response:
    """Ask for the mailed code."""
    asked = queries.sign_in_request(session.get(ASKED, ""))
    if asked is None:
        return redirect("/sign-in")
    return page("accounts/code.html", form=forms.CodeForm(), address=asked.address)


@accounts.post("/sign-in/code")
@limited("30/5 minutes")
def enter_by_code() -> Response:
    """Sign in with the mailed code."""
    asked = queries.sign_in_request(session.get(ASKED, ""))
    if asked is None:
        return redirect("/sign-in")
    form = forms.CodeForm(request.form)
    if form.validate():
        with unit_of_work():
            typed = form.code.data or ""
            entered = actions.enter_by_code(asked, typed, brand().name, browser(), clock.now())
        if isinstance(entered, Entrance):
            return let_in(entered)
        form.code.errors = [entered.reason]
    templates = ("accounts/code.html", "accounts/_code.html")
    return refusal(*templates, form=form, address=asked.address)


@accounts.get("/sign-in/link/<public_id>/<secret>")
def link(public_id: str, secret: str) -> Response:
    """Show a button; opening the link uses nothing up, since mail scanners open links."""
    return page("accounts/link.html", public_id=public_id, secret=secret, problem=None)


@accounts.post("/sign-in/link/<public_id>/<secret>")
@limited("30/5 minutes")
def enter_by_link(public_id: str, secret: str) -> Response:
    """Sign in with the mailed link."""
    asked = queries.sign_in_request(public_id)
    if asked is None:
        abort(404)
    with unit_of_work():
        entered = actions.enter_by_link(asked, secret, brand().name, browser(), clock.now())
    if isinstance(entered, Decision):
        context = {"public_id": public_id, "secret": secret, "problem": entered.reason}
        return refusal("accounts/link.html", "accounts/_link.html", **context)
    return let_in(entered)


@accounts.get("/sign-in/password")
def password() -> Response:
    """Ask for address and password."""
    next_path = own_path(request.args.get("next"))
    return page("accounts/password.html", form=forms.PasswordSignInForm(), next_path=next_path)


@accounts.post("/sign-in/password")
@limited("10/5 minutes", by="email")
@limited("60/hour")
def enter_by_password() -> Response:
    """Sign in with a password; a wrong one and an unknown address look and take the same."""
    form = forms.PasswordSignInForm(request.form)
    next_path = own_path(request.form.get("next"))
    if form.validate():
        person = person_by_address(form.email.data or "")
        account = queries.account_of(person.id) if person else None
        release()
        fits = actions.password_fits(
            account.password_hash if account else None, form.password.data or ""
        )
        if fits and person is not None:
            with unit_of_work():
                entrance = actions.enter_by_password(person, browser(), clock.now())
            return let_in(Entrance(entrance.token, entrance.language, next_path))
        form.password.errors = [_("The address and the password do not go together.")]
    templates = ("accounts/password.html", "accounts/_password.html")
    return refusal(*templates, form=form, next_path=next_path)


def _ask(address: str, name: str | None, next_path: str | None) -> Response:
    with unit_of_work():
        asked = actions.ask_to_sign_in(
            address, language(), clock.now(), name=name, next_path=next_path
        )
        public_id = asked.public_id
    session[ASKED] = public_id
    return redirect("/sign-in/code")
