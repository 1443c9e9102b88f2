"""Rules of passkeys: who we are to a device, how long it may think, and when one is a copy."""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit

from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.text import _l

CHALLENGE_LIFE = timedelta(minutes=5)
MOST_PASSKEYS = 20
LONGEST_PASSKEY_NAME = 60  # characters
LONGEST_PUBLIC_KEY = 1200  # bytes
# EdDSA, ES256 and RS256, as devices know them (IANA COSE).
ALGORITHMS = (-8, -7, -257)
LARGEST_ANSWER = 16_000  # characters; a device's answer is a tenth of it
Purpose = Literal["sign-in", "add", "proof"]

WRONG_PASSKEY = deny(_l("That passkey could not be used. Try again, or sign in another way."))
LATE_PASSKEY = deny(_l("That took more than five minutes. Try again."))
KNOWN_PASSKEY = deny(_l("That passkey is among yours already."))
COPIED_PASSKEY = deny(
    _l(
        "That passkey was refused: its counter has gone backwards, so it may have been copied. "
        "Sign in another way, remove it and add a new one."
    )
)


@dataclass(frozen=True)
class RelyingParty:
    """Who the portal is to a device: passkeys are bound to the name, and to it alone."""

    id: str
    origin: str


def relying_party(address: str) -> RelyingParty | None:
    """Return who the portal at `address` is to devices; None where passkeys can't work.

    They need a name instead of a number, and https unless it is this very machine (WebAuthn 3, 5.1.3).
    """
    url = urlsplit(address)
    host = url.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        safe = url.scheme == "https" or host == "localhost"
        return RelyingParty(host, f"{url.scheme}://{url.netloc}") if host and safe else None
    return None


def may_add_passkey(many: int) -> Decision:
    """Say whether somebody with so many passkeys may add another."""
    if many >= MOST_PASSKEYS:
        return deny(_l("You have %(num)d passkeys. Remove one before you add another.", num=many))
    return ALLOW


def may_be_original(kept: int, told: int) -> Decision:
    """Say whether a passkey that counts has counted on (WebAuthn 3, 6.1.1); many do not count."""
    if (kept or told) and told <= kept:
        return COPIED_PASSKEY
    return ALLOW
