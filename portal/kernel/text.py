"""Words in the reader's language: catalogues read from .po files, and texts translated late."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = ("sv", "en")
DEFAULT_LANGUAGE = "sv"
CATALOGUES = Path(__file__).resolve().parent.parent / "translations"

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


class Catalogue:
    """The texts of one language: English msgid to its translation."""

    def __init__(self, texts: dict[str, str], plurals: dict[str, tuple[str, str]]) -> None:
        self.texts = texts
        self.plurals = plurals


@cache
def catalogue(language: str) -> Catalogue:
    """Read the catalogue of `language`, a file a feature; English is the source and needs none."""
    texts: dict[str, str] = {}
    plurals: dict[str, tuple[str, str]] = {}
    for path in sorted((CATALOGUES / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if isinstance(message.id, tuple) and isinstance(message.string, tuple):
                    plurals[message.id[0]] = (message.string[0], message.string[1])
                elif isinstance(message.id, str) and isinstance(message.string, str):
                    texts[message.id] = message.string
    return Catalogue(texts, plurals)


def language() -> str:
    """Return the language of the one being answered now."""
    return _language.get()


def speak(chosen: str) -> None:
    """Answer in `chosen` from here on (set anew for each request)."""
    _language.set(chosen)


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Write in another language for a while: a mail, a snapshot."""
    token = _language.set(chosen)
    try:
        yield
    finally:
        _language.reset(token)


def _(msgid: str, **values: object) -> str:
    """Translate `msgid` now and fill in its `%(name)s` values."""
    text = catalogue(_language.get()).texts.get(msgid) or msgid
    return text % values if values else text


def _n(one: str, many: str, num: int, **values: object) -> str:
    """Translate by number; Swedish and English share the rule 'one or not'."""
    singular, plural = catalogue(_language.get()).plurals.get(one, (one, many))
    return (singular if num == 1 else plural) % {"num": num, **values}


class Lazy:
    """A text that is translated when it is read: rules are written before the reader is known."""

    __slots__ = ("msgid", "values")

    def __init__(self, msgid: str, **values: object) -> None:
        self.msgid = msgid
        self.values = values

    def __str__(self) -> str:
        return _(self.msgid, **self.values)

    def __html__(self) -> str:
        return str(self).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def __mod__(self, values: object) -> str:
        return str(self) % values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lazy) and (self.msgid, self.values) == (other.msgid, other.values)

    def __hash__(self) -> int:
        return hash(self.msgid)

    def __repr__(self) -> str:
        return f"Lazy({self.msgid!r})"


_l = Lazy
