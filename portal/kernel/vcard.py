"""A contact as a file for address books: vCard 4.0 (RFC 6350)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", ",": "\\,", ";": "\\;"})
LONGEST_LINE = 75  # octets, RFC 6350 section 3.2


@dataclass(frozen=True)
class Card:
    """What is told of a person; anything but id, name and time may be empty."""

    uid: str  # a URI that stays the same for life
    name: str
    changed_at: datetime
    url: str = ""
    title: str = ""
    organisation: str = ""
    place: str = ""
    country: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()  # RFC 5646 tags
    note: str = ""


def write_card(card: Card) -> bytes:
    """Write a card as UTF-8 with folded lines, ended by CRLF."""
    lines = ["BEGIN:VCARD", "VERSION:4.0", "KIND:individual", *_properties(card), "END:VCARD"]
    return b"".join(_folded(line) for line in lines)


def file_name(name: str) -> str:
    """Return a name for the file that every system takes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return (re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:60] or "contact") + ".vcf"


def _properties(card: Card) -> Iterator[str]:
    first, _space, last = card.name.rpartition(" ")
    yield f"UID:{card.uid}"
    yield f"FN:{_text(card.name)}"
    yield f"N:{_text(last)};{_text(first)};;;"
    yield f"REV:{card.changed_at:%Y%m%dT%H%M%SZ}"
    told = (("TITLE", card.title), ("ORG", card.organisation), ("NOTE", card.note))
    yield from (f"{name}:{_text(value)}" for name, value in told if value)
    if card.place:
        yield f"ADR:;;;{_text(card.place)};;;{_text(card.country)}"
    yield from _each("EMAIL", map(_text, card.emails))
    yield from _each("TEL;VALUE=text", map(_text, card.phones))
    yield from _each("LANG", card.languages)
    yield from _each("URL", (_uri(link) for link in (card.url, *card.links) if link))


def _each(name: str, values: Iterable[str]) -> Iterator[str]:
    return (f"{name}:{value}" for value in values)


def _text(value: str) -> str:
    """Escape a text; no character of it can begin a line of its own."""
    whole = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        char for char in whole if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs")
    )
    return kept.translate(ESCAPED)


def _uri(value: str) -> str:
    return re.sub(r"[\x00-\x20\x7f]", "", value)


def _folded(line: str) -> bytes:
    """Fold a line at 75 octets, never within a character."""
    parts, part, room = [], b"", LONGEST_LINE
    for char in line:
        octets = char.encode()
        if len(part) + len(octets) > room:
            parts.append(part)
            part, room = b"", LONGEST_LINE - 1
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
