"""Names by the beginnings of their words."""

from sqlalchemy import ColumnElement

from portal.people.models import NameWord
from portal.people.policy import name_words

MOST_BEARERS = 6000  # who are gathered and sorted; more are so many that a page is soon full
MOST_WORDS = 5


def rarest_first(name: str) -> list[bytes]:
    """Return the beginnings that were typed, the longest and so the rarest first."""
    return sorted(name_words(name), key=len, reverse=True)[:MOST_WORDS]


def begins(word: bytes) -> ColumnElement[bool]:
    """Say that a word of a name begins so: 0xff follows every byte of UTF-8."""
    return (NameWord.word >= word) & (NameWord.word < word + b"\xff")
