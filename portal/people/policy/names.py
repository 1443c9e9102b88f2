"""Names: how they are found, how they sort, and what goes with them."""

import unicodedata
from dataclasses import dataclass

from portal.kernel.search.analysis import words

LONGEST_NAME, LONGEST_HEADLINE, LONGEST_ABOUT = 120, 160, 4000  # characters
LAST_LETTERS = {"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c"}


@dataclass(frozen=True)
class Profile:
    """What a person tells about themselves; `about` is Markdown, `municipality` SCB's code."""

    name: str
    headline: str = ""
    municipality: str | None = None
    about: str = ""


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
