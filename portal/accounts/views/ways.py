"""What the settings say of ways in: who we are to devices, whose sign-ins are taken."""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from flask import abort, request, session

from portal.accounts import queries
from portal.accounts.policy import RelyingParty, is_staff, relying_party
from portal.accounts.views.blueprint import accounts
from portal.config import Provider
from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.settings import settings
from portal.web.sections import Section, section

BROWSER = "device"


@accounts.app_template_global("passkey_party")
def offered_party() -> RelyingParty | None:
    """Return who the portal is to devices, for a page that offers passkeys.

    The browser is told apart from here on: a challenge is asked for by itself, while somebody may be
    on their way to an organisation already, and must not write the session a second time.
    """
    found = party()
    if found is not None:
        browser_secret()
    return found


def party() -> RelyingParty | None:
    """Return who the portal is to devices, or None where passkeys can't work."""
    base_url = settings().base_url
    if not settings().production and urlsplit(f"//{request.host}").hostname == "localhost":
        # While developing, a browser may call this machine by its name: passkeys need one.
        base_url = f"http://{request.host}"
    return relying_party(base_url)


def required_party() -> RelyingParty:
    """Return who the portal is to devices; 404 where passkeys can't work."""
    return party() or abort(404)


@accounts.app_template_global("sign_in_providers")
def providers() -> tuple[Provider, ...]:
    """Return the organisations whose sign-in is taken."""
    return settings().providers


def issuers() -> list[str]:
    """Return the issuers of those organisations."""
    return [provider.issuer for provider in providers()]


def provider_or_404(key: str) -> Provider:
    """Return an organisation by its short name."""
    return next((one for one in providers() if one.key == key), None) or abort(404)


@section("account", order=20)
def in_account(who: Actor, _thing: Any) -> Section:
    """Tell on the account's page of passkeys, the second step and organisations."""
    found = queries.further_ways(who.own_id)
    more = {"is_staff": is_staff(who), "has_providers": bool(providers())}
    return Section("accounts/_ways_in.html", asdict(found) | more)


def browser_secret() -> str:
    """Return what this browser's session alone holds, to tell it from other browsers."""
    return str(session.setdefault(BROWSER, keys.token()))
