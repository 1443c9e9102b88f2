"""One's passkeys: add, name, remove."""

from typing import Any

from flask import Response, abort, jsonify, request

from portal.accounts import actions, forms, queries
from portal.accounts.models import Passkey
from portal.accounts.policy import Way, may_add_passkey, may_give_up
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.sessions import me
from portal.accounts.views.ways import browser_secret, issuers, party, required_party
from portal.kernel import clock
from portal.kernel.db import release, unit_of_work
from portal.kernel.decisions import Decision
from portal.kernel.text import _
from portal.people.queries import primary_address
from portal.web.brand import brand
from portal.web.forms import refuse
from portal.web.guards import limited, proved
from portal.web.rendering import actor, notice, page, redirect, refusal
from portal.web.visits import browser

LIST = ("accounts/passkeys.html", "accounts/_passkey_add.html")
ONE = ("accounts/passkey.html", "accounts/_passkey_name.html")


@accounts.get("/account/passkeys")
@proved
def passkeys() -> Response:
    """List one's passkeys, and offer to add this device."""
    return page(LIST[0], **_context(forms.PasskeyForm(data={"name": browser()})))


@accounts.get("/account/passkeys/challenge")
@proved
def return_to_passkeys() -> Response:
    """Lead somebody who opens the address of a form back to its page."""
    return redirect("/account/passkeys")


@accounts.post("/account/passkeys/challenge")
@proved
@limited("30/5 minutes")
def ask_for_new_passkey() -> Response:
    """Tell the browser how to make a passkey (WebAuthn 3, 5.4)."""
    asked_by, secret = required_party(), browser_secret()
    names = (primary_address(me()) or actor().name, actor().name)
    known = [(one.credential_id, one.transports) for one in queries.passkeys_of(me())]
    with unit_of_work():
        challenge = actions.ask_device("add", secret, clock.now(), me())
        user_key = actions.user_key_for(actor())
    return jsonify(
        actions.options_to_make(asked_by, brand().name, challenge, user_key, names, known)
    )


@accounts.post("/account/passkeys")
@proved
@limited("30/5 minutes")
def add_passkey() -> Response:
    """Keep the passkey that the device has made."""
    asked_by, form = required_party(), forms.PasskeyForm(request.form)
    release()
    if form.validate():
        kept = _kept(actions.read_made(form.credential.data or "", asked_by), form.name.data or "")
        if isinstance(kept, Passkey):
            notice(_("%(name)s can sign you in from now on.", name=kept.name))
            return redirect("/account/passkeys")
        refuse(form.name, kept.reason)
    return refusal(*LIST, **_context(form))


@accounts.get("/account/passkeys/<public_id>")
@proved
def passkey(public_id: str) -> Response:
    """Show one passkey, to be renamed or removed."""
    found = _own(public_id)
    return page(ONE[0], **_one(found, forms.PasskeyForm(data={"name": found.name})))


@accounts.get("/account/passkeys/<public_id>/name")
@accounts.get("/account/passkeys/<public_id>/removal", endpoint="return_from_passkey_removal")
@proved
def return_to_passkey(public_id: str) -> Response:
    """Lead somebody who opens the address of a form back to its page."""
    return redirect(f"/account/passkeys/{_own(public_id).public_id}")


@accounts.post("/account/passkeys/<public_id>/name")
@proved
def rename_passkey(public_id: str) -> Response:
    """Give a passkey another name."""
    found, form = _own(public_id), forms.PasskeyForm(request.form)
    if not form.validate():
        return refusal(*ONE, **_one(found, form))
    with unit_of_work():
        actions.rename_passkey(actor(), found, form.name.data or "", clock.now())
    notice(_("The name is changed."))
    return redirect("/account/passkeys")


@accounts.post("/account/passkeys/<public_id>/removal")
@proved
def remove_passkey(public_id: str) -> Response:
    """Forget a passkey, unless it is the last way in."""
    found, taken = _own(public_id), issuers()
    with unit_of_work():
        actions.remove_passkey(actor(), found, taken, clock.now())
    notice(
        _("%(name)s no longer signs you in. You may delete it on the device, too.", name=found.name)
    )
    return redirect("/account/passkeys")


def _context(form: forms.PasskeyForm) -> dict[str, Any]:
    held = queries.passkeys_of(me())
    return {"passkeys": held, "form": form, "party": party(), "may_add": may_add_passkey(len(held))}


def _one(found: Passkey, form: forms.PasskeyForm) -> dict[str, Any]:
    may_remove = may_give_up(Way("passkey", found.id), queries.ways_of(me(), issuers()))
    return {"passkey": found, "form": form, "may_remove": may_remove}


def _kept(made: actions.Made | Decision, name: str) -> Passkey | Decision:
    secret = browser_secret()
    if isinstance(made, Decision):
        return made
    with unit_of_work():
        return actions.add_passkey(actor(), made, name, secret, clock.now())


def _own(public_id: str) -> Passkey:
    return queries.passkey_of(me(), public_id) or abort(404)
