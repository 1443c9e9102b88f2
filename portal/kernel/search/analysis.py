"""From text to search tokens: fold accents, split into words, reduce each to its stem."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")
LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "þ": "th", "ð": "d"})
STOP_WORDS = frozenset(
    "i på och av för till med en ett den det som att är vid hos om the a an of and in or to for on "
    "at is as with".split()
)
LONGEST_WORD = 40

_swedish = snowballstemmer.stemmer("swedish")
_english = snowballstemmer.stemmer("english")


def fold(text: str) -> str:
    """Lower the case and drop accents: Å becomes a, É becomes e, ß becomes ss."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.translate(LETTERS)


def words(text: str) -> list[str]:
    """Split folded text into words; `C++` and `C#` stay whole."""
    return [word[:LONGEST_WORD] for word in WORD.findall(fold(text))]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Reduce a folded word to its search token, by the same rule in texts and in questions."""
    plain = word.replace("++", "plusplus").replace("#", "sharp")
    if not plain.isascii() or not plain.isalpha():
        return plain
    return str(_english.stemWord(_swedish.stemWord(plain)))


def tokens(text: str) -> list[str]:
    """Return the search tokens of a text, in order."""
    return [stem(word) for word in words(text)]
