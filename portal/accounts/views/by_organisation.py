"""Sign in at one's organisation (OpenID Connect): the way there, and the way back.

The way there is a link, since a form may lead to this portal only (form-action); it writes nothing.
The way back is a GET by the protocol, and the one GET that signs somebody in: it does so only with
the answer to a question that this very browser took along, once.
"""

import hmac
from typing import Any

from flask import Response, request, session

from portal.accounts import actions
from portal.accounts.policy import STATE_LIFE, Claims
from portal.accounts.views.blueprint import accounts, attempt, welcome
from portal.accounts.views.sessions import here
from portal.accounts.views.ways import provider_or_404
from portal.config import Provider
from portal.kernel import clock, keys
from portal.kernel.db import release
from portal.kernel.decisions import Decision
from portal.kernel.text import Lazy, _, _l, language
from portal.web.brand import brand
from portal.web.guards import own_path, proved
from portal.web.links import absolute
from portal.web.rendering import actor, notice, page, redirect
from portal.web.throttle import count_try
from portal.web.visits import browser

AWAY = "away"  # where the browser keeps what it took along to an organisation
BACK = "back"  # and whom the organisation named, until the person has said yes to the link


@accounts.get("/sign-in/with/<key>")
def sign_in_with(key: str) -> Response:
    """Lead somebody to their organisation's sign-in."""
    provider, next_path = provider_or_404(key), own_path(request.args.get("next"))
    if actor().is_signed_in:
        return redirect(next_path or "/")
    return _lead_there(provider, next_path, "/sign-in")


@accounts.get("/account/organisations/<key>/link")
@proved
def link_with(key: str) -> Response:
    """Lead somebody who is signed in to their organisation's sign-in, to link it."""
    return _lead_there(provider_or_404(key), None, "/account/organisations", here().public_id)


@accounts.get("/sign-in/with/<key>/arrival")
def arrive(key: str) -> Response:
    """Take somebody who comes back from their organisation."""
    provider = provider_or_404(key)
    taken = _taken_along(provider)
    if taken is None:
        return _sent_back("/sign-in", _l("That took too long, or began elsewhere. Try again."))
    linking = taken["for"] is not None
    start = "/account/organisations" if linking else "/sign-in"
    if "error" in request.args or not request.args.get("code"):
        return _sent_back(start, _refusal(provider))
    count_try("30/5 minutes", "arrival", request.remote_addr or "")
    try:
        claims = _claims(provider, taken["state"])
    except actions.ProviderFault as fault:
        return _sent_back(start, fault.reason)
    if linking:
        return _to_be_linked(provider, claims, taken["for"])
    return _enter(provider, claims, taken)


@accounts.get("/sign-in/with/<key>/unproved")
def unproved(key: str) -> Response:
    """Tell somebody whose address the organisation has not verified how they get in."""
    return page("accounts/oidc_unproved.html", provider=provider_or_404(key))


def _lead_there(
    provider: Provider, next_path: str | None, start: str, linking_for: str | None = None
) -> Response:
    state = keys.token()
    release()
    try:
        address = actions.way_there(provider, state, _callback(provider), language())
    except actions.ProviderFault as fault:
        return _sent_back(start, fault.reason)
    session[AWAY] = {
        "state": state,
        "key": provider.key,
        "next": next_path,
        "for": linking_for,
        "at": int(clock.now().timestamp()),
    }
    return Response(status=303, headers={"Location": address})


def _taken_along(provider: Provider) -> dict[str, Any] | None:
    """Return what this browser took along, once, if the answer is to its question."""
    taken = session.get(AWAY)
    told = request.args.get("state", "").encode()
    if request.method == "HEAD" or not taken or taken["key"] != provider.key:
        return None
    if not hmac.compare_digest(told, taken["state"].encode()):
        return None
    session.pop(AWAY)
    late = clock.now().timestamp() >= taken["at"] + STATE_LIFE.total_seconds()
    return None if late else dict(taken)


def _claims(provider: Provider, state: str) -> Claims:
    code, issuer = request.args["code"], request.args.get("iss")
    release()
    return actions.claims_for(provider, state, _callback(provider), code, issuer, clock.now())


def _enter(provider: Provider, claims: Claims, taken: dict[str, Any]) -> Response:
    host, at_browser, spoken = brand().name, browser(), language()
    entered = attempt(
        lambda at: actions.enter_from(
            claims, taken["state"], host, at_browser, spoken, at, taken["next"]
        )
    )
    if isinstance(entered, str):
        return redirect(f"/sign-in/with/{provider.key}/unproved")
    if isinstance(entered, Decision):
        return _sent_back("/sign-in", entered.reason)
    return welcome(entered)


def _to_be_linked(provider: Provider, claims: Claims, session_id: str) -> Response:
    """Ask the person before anything is linked: the answer may be somebody else's."""
    if not actor().is_signed_in or here().public_id != session_id:
        return _sent_back("/sign-in", _l("You are no longer signed in here. Nothing was linked."))
    session[BACK] = {
        "key": provider.key,
        "subject": claims.subject,
        "label": claims.label,
        "for": session_id,
        "at": int(clock.now().timestamp()),
    }
    return redirect("/account/organisations/confirmation")


def _refusal(provider: Provider) -> Lazy:
    if request.args.get("error") == "access_denied":
        return _l("You said no at %(name)s, so nothing has happened.", name=provider.name)
    return _l("%(name)s did not let you in. Try again, or sign in another way.", name=provider.name)


def _sent_back(to: str, why: Lazy | None) -> Response:
    notice(str(why or _("That did not work. Try again.")), "error")
    return redirect(to)


def _callback(provider: Provider) -> str:
    return absolute(f"/sign-in/with/{provider.key}/arrival")
