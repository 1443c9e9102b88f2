"""Guesses the language of an ad from its commonest words, for sources that do not say."""

import re

COMMON = {
    "sv": "och att är som för med på av till vi dig du har inte om oss eller hos söker",
    "en": "and the of to in for with you our we are is will your as on be that",
    "no": "og å er som for med på av til vi deg du har ikke om oss eller hos søker",
    "da": "og at er som for med på af til vi dig du har ikke om os eller hos søger",
    "fi": "ja on ei että sekä olet olemme työ meillä sinulla kanssa ovat tai mutta",
    "de": "und die der das du wir mit für ist zu in den ein eine dein bei oder auf",
}
FEWEST_HITS = 3


def guess_language(text: str) -> str | None:
    """Return a language code, None where the text is too short to tell."""
    words = re.findall(r"[^\W\d_]+", text[:4000].casefold())
    hits = {code: sum(word in common for word in words) for code, common in _COMMON.items()}
    best = max(hits, key=lambda code: hits[code])
    return best if hits[best] >= FEWEST_HITS else None


def language_code(tag: str | None) -> str | None:
    """Return the language of a tag such as "sv" or "en-GB", None for anything else."""
    found = re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", (tag or "").casefold())
    return found[1] if found else None


_COMMON = {code: frozenset(words.split()) for code, words in COMMON.items()}
