"""Made-up job ads: texts with the word distribution of real ones, and their search tokens."""

import random
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from portal.kernel.search import label, tokens
from portal.taxonomy.reading import rows

# Hits are known beforehand: in 60 % of the ads, in 1 %, in thirty whatever the size.
COMMON, MEDIUM, RARE = "ansvar", "vindkraft", "fyrvaktare"
PART = "tekniker"  # stands inside many words of the vocabulary: compounds
BODIES = 5_000
VOCABULARY = 30_000
SENTENCES = 3_000
SENTENCES_IN_BODY, WORDS_IN_SENTENCE = 8, 10
BEGINNINGS = (
    "bygg sjuk kod mark trä stål vatten kraft data sälj lag mål skol drift plan vård el rör".split()
)
MIDDLES = "s a e o an ar er un in al el is".split()
ENDINGS = (
    "tekniker ledare are ning het skap bar lig else verk hus plats väg lag tid dag form ord".split()
)


@dataclass(frozen=True)
class Body:
    """An ad's text as it is stored, and as the index holds it."""

    html: str
    terms: str


@cache
def bodies() -> tuple[Body, ...]:
    """Make the texts; most words are rare and a few are everywhere, as in any language."""
    chance = random.Random(7)
    vocabulary = _vocabulary(chance)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    sentences = [
        " ".join(chance.choices(vocabulary, cum_weights=weights, k=WORDS_IN_SENTENCE))
        for _ in range(SENTENCES)
    ]
    return tuple(_body(chance, number, sentences) for number in range(BODIES))


@lru_cache(maxsize=200_000)
def analysed(text: str) -> str:
    """Return a text's search tokens, one space between."""
    return " ".join(tokens(text))


@cache
def label_of(kind: str, value: str) -> str:
    """Return the token of a filter value."""
    return label(kind, value).tokens[0]


@cache
def occupations() -> tuple[tuple[str, str, str], ...]:
    """Return SSYK code, name and field of the real occupation groups."""
    found = rows("occupation-groups-ssyk2012.csv")
    return tuple(
        (one["ssyk2012"], one["name_sv"], one["occupation_field_concept_id"]) for one in found
    )


@cache
def companies() -> tuple[str, ...]:
    """Make two thousand names of employers."""
    chance = random.Random(11)
    return tuple(
        f"{chance.choice(BEGINNINGS)}{chance.choice(ENDINGS)} {number}".capitalize()
        for number in range(2_000)
    )


@cache
def names() -> tuple[list[str], list[str]]:
    """Make first and last names, Å Ä Ö among them."""
    chance = random.Random(13)
    first = [
        f"{a}{b}".capitalize() for a in ("an", "bo", "kri", "åsa", "öde", "lin") for b in ENDINGS
    ]
    last = [f"{a}{b}".capitalize() for a in BEGINNINGS for b in ("berg", "ström", "gren", "kvist")]
    chance.shuffle(first)
    chance.shuffle(last)
    return first, last


def _vocabulary(chance: random.Random) -> list[str]:
    made = {first + last for first in BEGINNINGS for last in (*MIDDLES, *ENDINGS)}
    while len(made) < VOCABULARY:
        first, last = chance.choices(BEGINNINGS, k=2)
        made.add(first + chance.choice(MIDDLES) + last + chance.choice(ENDINGS))
    # Short words are the common ones, as in any language.
    return sorted(made, key=lambda word: (len(word), word))


def _body(chance: random.Random, number: int, sentences: list[str]) -> Body:
    found = chance.sample(sentences, SENTENCES_IN_BODY)
    if number % 5 < 3:
        found[2] += f" {COMMON}"
    if number % 100 == 0:
        found[5] += f" {MEDIUM}"
    html = "".join(f"<p>{sentence.capitalize()}.</p>" for sentence in found)
    return Body(html, " ".join(analysed(sentence) for sentence in found))
