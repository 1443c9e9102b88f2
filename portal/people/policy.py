"""Rules about people: whose name may be seen, and how names sort."""

import unicodedata
from dataclasses import dataclass
from typing import Protocol

from portal.kernel.actors import Actor
from portal.kernel.search.analysis import words
from portal.kernel.text import Lazy, _l

KIND_NAMES: dict[str, Lazy] = {
    "candidate": _l("Candidate"),
    "employee": _l("Employee"),
    "consultant": _l("Consultant"),
    "alumnus": _l("Alumnus"),
    "customer_contact": _l("Customer"),
}
SHOWN_TO: dict[str, Lazy] = {
    "nobody": _l("Nobody"),
    "networks": _l("Members of my networks"),
    "members": _l("Everyone who is signed in"),
}
LONGEST_NAME, LONGEST_HEADLINE, LONGEST_ABOUT = 120, 160, 4000  # characters
LAST_LETTERS = {"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c"}


class Named(Protocol):
    """Anything with a person's id and their choice of who sees the name."""

    @property
    def person_id(self) -> int: ...
    @property
    def name_shown(self) -> str: ...


@dataclass(frozen=True)
class Profile:
    """What a person tells about themselves; `about` is Markdown, `municipality` SCB's code."""

    name: str
    headline: str = ""
    municipality: str | None = None
    about: str = ""


def may_see_name(actor: Actor, person: Named, *, share_network: bool) -> bool:
    """Say whether `actor` sees who this is; everybody sees themselves, administrators see all."""
    if actor.person_id == person.person_id or actor.is_administrator:
        return True
    if not actor.is_signed_in or person.name_shown == "nobody":
        return False
    return share_network or person.name_shown == "members"


def may_see_relations(actor: Actor, person_id: int) -> bool:
    """Say whether `actor` sees what somebody is or was to us: their own, and administrators all."""
    return actor.person_id == person_id or actor.is_administrator


def name_words(name: str) -> list[bytes]:
    """Return the folded words by whose beginnings a name is found: Åsa as asa, Öberg as oberg."""
    return sorted({word.encode() for word in words(name)})


def sort_key(name: str) -> bytes:
    """Return a key whose byte order is the Swedish one: Å, Ä, Ö after Z, other accents ignored."""
    written = []
    for char in unicodedata.normalize("NFC", name.casefold()):
        if char in LAST_LETTERS:
            written.append(LAST_LETTERS[char])
            continue
        plain = unicodedata.normalize("NFKD", char)
        written.append("".join(part for part in plain if not unicodedata.combining(part)))
    return "".join(written).encode()[:260]
