"""Show with a passkey that it is still oneself."""

from flask import Response, abort, jsonify, request

from portal.accounts import actions, queries
from portal.accounts.policy import WRONG_PASSKEY
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.by_passkey import shown_passkey
from portal.accounts.views.proving import go_on
from portal.accounts.views.sessions import here, me
from portal.accounts.views.ways import browser_secret, party, required_party
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import Decision
from portal.web.guards import limited, own_path, signed_in, with_next
from portal.web.rendering import actor, notice, redirect
from portal.web.sections import Section, section


@accounts.get("/account/proof/passkey")
@accounts.get("/account/proof/passkey/challenge", endpoint="return_from_passkey_proof")
@signed_in
def return_from_passkey_as_proof() -> Response:
    """Lead somebody who opens the address of a form back to its page."""
    return redirect("/account/proof")


@accounts.post("/account/proof/passkey/challenge")
@signed_in
@limited("30/5 minutes")
def ask_for_passkey_as_proof() -> Response:
    """Tell the browser to let somebody show one of their own passkeys."""
    asked_by, secret = required_party(), browser_secret()
    known = [(one.credential_id, one.transports) for one in queries.passkeys_of(me())]
    if not known:
        abort(404)
    with unit_of_work():
        challenge = actions.ask_device("proof", secret, clock.now(), me())
    return jsonify(actions.options_to_show(asked_by, challenge, known))


@accounts.post("/account/proof/passkey")
@signed_in
@limited("30/5 minutes")
def prove_by_passkey() -> Response:
    """Take a passkey as proof that it is still the same person."""
    next_path, secret = own_path(request.form.get("next")), browser_secret()
    shown, session_id = shown_passkey(), here().session_id
    given: str | Decision = WRONG_PASSKEY
    if isinstance(shown, actions.Shown):
        with unit_of_work():
            given = actions.prove_by_passkey(actor(), shown, secret, session_id, clock.now())
    if isinstance(given, Decision):
        notice(str(given.reason), "error")
        return redirect(with_next("/account/proof", next_path))
    return go_on(given, next_path)


@section("proof", order=10)
def offer_passkey(who: Actor, next_path: str | None) -> Section:
    """Offer on the page of proofs to those who have a passkey that they show it."""
    has_one = who.person_id is not None and party() and queries.passkeys_of(who.person_id)
    return Section("accounts/_passkey_proof.html", {"has_one": has_one, "next_path": next_path})
