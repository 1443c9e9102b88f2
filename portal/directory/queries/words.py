"""Names by the beginnings of their words."""

from sqlalchemy import ColumnElement, LargeBinary, bindparam

from portal.people.models import NameWord
from portal.people.policy import name_words

MOST_WORDS = 5
END = b"\xff"  # follows every byte of UTF-8


def rarest_first(name: str) -> list[bytes]:
    """Return the beginnings that were typed, the longest and so the rarest first."""
    return sorted(name_words(name), key=len, reverse=True)[:MOST_WORDS]


def begins(number: int) -> ColumnElement[bool]:
    """Say that a word of a name begins as the typed word of this number does."""
    word = bindparam(f"word{number}", type_=LargeBinary())
    end = bindparam(f"end{number}", type_=LargeBinary())
    return (NameWord.word >= word) & (NameWord.word < end)
