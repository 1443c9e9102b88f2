"""Sign in with a passkey."""

from typing import Any

from flask import Response, jsonify, request

from portal.accounts import actions, forms, queries
from portal.accounts.policy import WRONG_PASSKEY
from portal.accounts.views.blueprint import accounts, attempt, welcome
from portal.accounts.views.ways import browser_secret, required_party
from portal.kernel import clock
from portal.kernel.db import release, unit_of_work
from portal.kernel.decisions import Decision
from portal.web.guards import limited, own_path
from portal.web.rendering import redirect, refusal
from portal.web.visits import browser


@accounts.get("/sign-in/passkey")
@accounts.get("/sign-in/passkey/challenge", endpoint="return_from_passkey")
def return_to_sign_in() -> Response:
    """Lead somebody who opens the address of a form back to its page."""
    return redirect("/sign-in")


@accounts.post("/sign-in/passkey/challenge")
@limited("120/5 minutes")
def ask_for_passkey() -> Response:
    """Tell the browser to let somebody choose a passkey; nobody needs to say who they are."""
    asked_by, secret = required_party(), browser_secret()
    with unit_of_work():
        challenge = actions.ask_device("sign-in", secret, clock.now())
    return jsonify(actions.options_to_show(asked_by, challenge, []))


@accounts.post("/sign-in/passkey")
@limited("30/5 minutes")
def enter_by_passkey() -> Response:
    """Sign in with the passkey that was chosen."""
    next_path, secret, at_browser = own_path(request.form.get("next")), browser_secret(), browser()
    shown = shown_passkey()
    if isinstance(shown, Decision):
        return _refused(shown, next_path)
    entered = attempt(lambda at: actions.enter_by_passkey(shown, secret, at_browser, at, next_path))
    if isinstance(entered, Decision):
        return _refused(entered, next_path)
    return welcome(entered)


def shown_passkey() -> actions.Shown | Decision:
    """Read and verify the passkey that was sent, with no transaction open."""
    asked_by, answer = required_party(), request.form.get("credential", "")
    named = actions.credential_in(answer)
    passkey = queries.passkey_by_credential(named) if named else None
    release()
    return actions.read_shown(answer, asked_by, passkey.public_key) if passkey else WRONG_PASSKEY


def _refused(why: Decision, next_path: str | None) -> Response:
    context: dict[str, Any] = {
        "form": forms.SignInForm(),
        "next_path": next_path,
        "problem": why.reason,
    }
    return refusal("accounts/sign_in.html", "accounts/_passkey_sign_in.html", **context)
