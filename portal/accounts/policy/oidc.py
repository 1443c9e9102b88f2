"""Rules of signing in at other organisations: who somebody is here that is known there."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from portal.kernel.decisions import deny
from portal.kernel.mailboxes import read_address
from portal.kernel.text import _l
from portal.people.policy import LONGEST_NAME

STATE_LIFE = timedelta(minutes=10)
LONGEST_SUBJECT = 255  # characters (OpenID Connect Core 1.0, 2)
LINKED_ELSEWHERE = deny(
    _l("That sign-in belongs to another account here. Unlink it there first, or write to us.")
)
Arrival = Literal["known", "join", "new", "unproved"]


@dataclass(frozen=True)
class Claims:
    """What an organisation says of somebody who has signed in there."""

    issuer: str
    subject: str
    address: str | None
    is_verified: bool
    name: str

    @classmethod
    def read(cls, issuer: str, told: Mapping[str, Any]) -> "Claims | None":
        """Read the claims of a verified ID token; None when they say of nobody."""
        subject = told.get("sub")
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
            return None
        address = read_address(_line(told.get("email")))
        parts = (
            told.get("name"),
            " ".join(map(_line, (told.get("given_name"), told.get("family_name")))),
        )
        name = next(filter(None, map(_line, parts)), "") or _from_address(address)
        # Some write the truth as text.
        says = told.get("email_verified")
        verified = (says is True or says == "true") and address is not None
        return cls(issuer, subject, address, verified, name[:LONGEST_NAME])

    @property
    def label(self) -> str:
        """Return how the person will recognise this sign-in in a list."""
        return self.address or self.name or self.subject


def arrival(claims: Claims, *, is_linked: bool, address_is_known: bool) -> Arrival:
    """Say who has come: linked already, known by a proved address, new, or not to be told.

    An address that the organisation has not verified never joins an account: anybody can write
    anybody's address into a form.
    """
    if is_linked:
        return "known"
    if not (claims.is_verified and claims.address):
        return "unproved"
    return "join" if address_is_known else "new"


def _line(told: object) -> str:
    """Return one line of text without what can't be seen."""
    text = unicodedata.normalize("NFC", told) if isinstance(told, str) else ""
    return " ".join(
        "".join(c for c in text if unicodedata.category(c)[0] != "C" or c == " ").split()
    )


def _from_address(address: str | None) -> str:
    """Make a name of an address, for an organisation that tells none: anna.berg becomes Anna Berg."""
    words = (address or "").partition("@")[0].replace(".", " ").replace("_", " ")
    return words.title()
