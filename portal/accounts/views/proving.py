"""Step-up: show again who you are, before something that matters.

Further ways of proving it are sections at the place "proof" (portal.web.sections); a provider gets
the path to go back to. When it is proved, they `go_on`.
"""

from typing import Any

from flask import Response, request

from portal.accounts import actions, forms, queries
from portal.accounts.policy import WRONG_PROOF
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.sessions import here, me
from portal.kernel import clock
from portal.kernel.db import release, unit_of_work
from portal.people.queries import primary_address
from portal.web.forms import refuse
from portal.web.guards import is_proved, limited, own_path, signed_in
from portal.web.rendering import actor, page, redirect, refusal
from portal.web.sections import sections_of
from portal.web.throttle import count_try
from portal.web.visits import hold

TEMPLATES = ("accounts/proof.html", "accounts/_proof_password.html")
HOME = "/account"


@accounts.get("/account/proof")
@signed_in
def proof() -> Response:
    """Ask who sits there, in the ways that the person has."""
    next_path = own_path(request.args.get("next"))
    if is_proved():
        return redirect(next_path or HOME)
    return page(TEMPLATES[0], **_context(forms.ProofForm(), next_path))


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
            with unit_of_work():
                token = actions.prove(actor(), here().session_id, clock.now())
            return go_on(token, next_path)
        with unit_of_work():
            actions.note_refusal("password", address or "", clock.now())
        refuse(form.password, WRONG_PROOF.reason)
    return refusal(*TEMPLATES, **_context(form, next_path))


def go_on(token: str, next_path: str | None) -> Response:
    """Give the browser its new token, and go where the person was going."""
    hold(token)
    return redirect(next_path or HOME)


def _context(form: forms.ProofForm, next_path: str | None) -> dict[str, Any]:
    return {
        "form": form,
        "next_path": next_path,
        "address": primary_address(me()),
        "has_password": here().has_password,
        "sections": sections_of("proof", actor(), next_path),
    }
