"""One's sign-ins from other organisations: see, link, unlink."""

from typing import Any

from flask import Response, abort, session

from portal.accounts import actions, queries
from portal.accounts.policy import STATE_LIFE, Claims, Way, may_give_up
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.by_organisation import BACK
from portal.accounts.views.sessions import here, me
from portal.accounts.views.ways import issuers, provider_or_404, providers
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.web.guards import proved
from portal.web.rendering import actor, notice, page, redirect

MINE = "/account/organisations"


@accounts.get("/account/organisations")
@proved
def organisations() -> Response:
    """List the organisations whose sign-in opens one's account, and those that could."""
    linked = queries.identities_of(me())
    ways = queries.ways_of(me(), issuers())
    may = {one.id: may_give_up(Way("identity", one.id), ways) for one in linked}
    names = {provider.issuer: provider.name for provider in providers()}
    return page("accounts/oidc.html", linked=linked, may=may, names=names, providers=providers())


@accounts.get("/account/organisations/confirmation")
@proved
def confirm_link() -> Response:
    """Show who the organisation says it is, before it is linked."""
    if not (named := _named()):
        return redirect(MINE)
    provider = provider_or_404(named["key"])
    return page("accounts/oidc_confirmation.html", provider=provider, label=named["label"])


@accounts.post("/account/organisations/confirmation")
@proved
def link_organisation() -> Response:
    """Link the sign-in that was just shown."""
    if not (named := _named()):
        return redirect(MINE)
    provider = provider_or_404(named["key"])
    claims = Claims(provider.issuer, named["subject"], None, False, named["label"])
    with unit_of_work():
        linked = actions.link_identity(actor(), claims, clock.now())
    session.pop(BACK, None)
    if linked:
        notice(_("You can sign in with %(name)s from now on.", name=provider.name))
    else:
        notice(str(linked.reason), "error")
    return redirect(MINE)


@accounts.get("/account/organisations/<public_id>/removal")
@proved
def return_to_organisations(public_id: str) -> Response:
    """Lead somebody who opens the address of a form back to its page."""
    if not queries.identity_of(me(), public_id):
        abort(404)
    return redirect(MINE)


@accounts.post("/account/organisations/<public_id>/removal")
@proved
def unlink_organisation(public_id: str) -> Response:
    """Forget a sign-in from elsewhere, unless it is the last way in."""
    found, taken = queries.identity_of(me(), public_id) or abort(404), issuers()
    with unit_of_work():
        actions.unlink_identity(actor(), found, taken, clock.now())
    notice(_("That sign-in no longer opens your account."))
    return redirect(MINE)


def _named() -> dict[str, Any] | None:
    """Return whom an organisation has just named at this browser, for this session."""
    named = session.get(BACK)
    if not named or named["for"] != here().public_id:
        return None
    late = clock.now().timestamp() >= named["at"] + STATE_LIFE.total_seconds()
    return None if late else dict(named)
