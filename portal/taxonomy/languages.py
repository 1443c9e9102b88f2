"""Languages by their ISO 639-1 codes, named as Unicode CLDR does (through Babel)."""

from functools import cache

from babel import Locale

from portal.kernel.text import language
from portal.taxonomy.reading import folded, swedish_order

# Two letters, but no language that anybody speaks now, or an older code of one that is listed.
LEFT_OUT = frozenset("ae ia ie io pi sh tw vo".split())


def language_name(code: str) -> str | None:
    """Name a language in the reader's language, with a capital; None for an unknown code."""
    return _names(language()).get(code)


def languages() -> list[tuple[str, str]]:
    """Return code and name of every language, in the order of the reader's language."""
    order = swedish_order if language() == "sv" else folded
    return sorted(_names(language()).items(), key=lambda one: order(one[1]))


@cache
def _names(lang: str) -> dict[str, str]:
    known = Locale(lang).languages
    return {
        code: name[:1].upper() + name[1:]
        for code, name in known.items()
        if len(code) == 2 and code not in LEFT_OUT
    }
