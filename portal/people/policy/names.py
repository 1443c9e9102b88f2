"""Names: how they are found, and how they sort."""

import unicodedata

from portal.kernel.search.analysis import words

LONGEST_NAME = 120  # characters
LAST_LETTERS = {"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c"}


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
