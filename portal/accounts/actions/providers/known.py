"""What organisations say of their sign-ins, kept for an hour, and their keys.

Keys are fetched again when an unknown one has signed, once a minute at most. A sign-in that does not
answer is left alone for a while.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from portal.accounts.actions.providers import careful
from portal.accounts.actions.providers.faults import ProviderFault, no_answer, silence, unusable
from portal.config import Provider
from portal.kernel import clock

KEPT = timedelta(hours=1)
KEYS_AT_MOST = timedelta(minutes=1)
LEFT_ALONE = timedelta(seconds=20)


@dataclass
class Known:
    """What a provider says of itself, and since when we know."""

    metadata: dict[str, Any]
    at: datetime
    key_set: Any = None
    keys_at: datetime | None = None


_known: dict[str, Known] = {}
_silent: dict[str, datetime] = {}


def forget_providers() -> None:
    """Forget what providers have said of themselves (tests; a new start does the same)."""
    _known.clear()
    _silent.clear()


def metadata_of(provider: Provider) -> dict[str, Any]:
    """Return what a provider says of itself (OpenID Connect Discovery 1.0)."""
    now = clock.now()
    known = _known.get(provider.key)
    if known and now < known.at + KEPT:
        return known.metadata
    if provider.key in _silent and now < _silent[provider.key] + LEFT_ALONE:
        raise ProviderFault(silence(provider))
    told = _fetch(provider, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != provider.issuer:
        raise unusable(provider, f"it calls itself {told.get('issuer')!r}")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        _require_safe(provider, told.get(name))
    if told.get("userinfo_endpoint"):
        _require_safe(provider, told["userinfo_endpoint"])
    _known[provider.key] = Known(told, now)
    return told


def listed(provider: Provider, name: str) -> list[Any]:
    """Return what a provider lists under a name; nothing when it lists nothing."""
    told = metadata_of(provider).get(name)
    return told if isinstance(told, list) else []


def key_set_of(provider: Provider, *, anew: bool = False) -> Any:
    """Return the keys that a provider signs with."""
    from joserfc.jwk import KeySet

    metadata, now = metadata_of(provider), clock.now()
    known = _known[provider.key]
    rested = known.keys_at is None or now >= known.keys_at + KEYS_AT_MOST
    if known.key_set is None or (anew and rested):
        known.key_set = KeySet.import_key_set(_fetch(provider, metadata["jwks_uri"]))  # type: ignore[arg-type]
        known.keys_at = now
    return known.key_set


def _fetch(provider: Provider, address: str) -> dict[str, Any]:
    from requests import Session

    try:
        with careful.careful(Session()) as client:
            found = careful.read_json(
                client.get(address, timeout=careful.TIMEOUT, allow_redirects=False)
            )
    except OSError as error:
        _silent[provider.key] = clock.now()
        raise no_answer(provider, error) from error
    _silent.pop(provider.key, None)
    return found


def _require_safe(provider: Provider, address: object) -> None:
    """Go on only with an address that is as safe as the issuer's own."""
    scheme = urlsplit(address).scheme if isinstance(address, str) else ""
    if scheme != "https" and scheme != urlsplit(provider.issuer).scheme:
        raise unusable(provider, f"{address!r} is no safe address")
