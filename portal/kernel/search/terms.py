"""A question as a tree of terms, and how FTS5 and tsquery write it."""

import re
from dataclasses import dataclass
from typing import Literal

from portal.kernel.search.analysis import STOP_WORDS, fold, stem, tokens, words

LONGEST_QUESTION = 200
MOST_TERMS = 12
QUOTED = re.compile(r'"([^"]*)"|([^"]+)')
NOT_LABEL = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Term:
    """A phrase of tokens, or several terms joined; `word` is kept to look for compounds."""

    joint: Literal["phrase", "all", "any", "but"]
    tokens: tuple[str, ...] = ()
    parts: tuple["Term", ...] = ()
    word: str = ""

    def for_fts5(self) -> str:
        """Write the term for SQLite's MATCH."""
        if self.joint == "phrase":
            return '"' + " ".join(self.tokens) + '"'
        joint = {"all": " AND ", "any": " OR ", "but": " NOT "}[self.joint]
        return "(" + joint.join(part.for_fts5() for part in self.parts) + ")"

    def for_tsquery(self) -> str:
        """Write the term for PostgreSQL's tsquery."""
        if self.joint == "phrase":
            return "(" + " <-> ".join(f"'{token}'" for token in self.tokens) + ")"
        joint = {"all": " & ", "any": " | ", "but": " & !"}[self.joint]
        return "(" + joint.join(part.for_tsquery() for part in self.parts) + ")"


def phrase(found: list[str], word: str = "") -> Term:
    return Term("phrase", tokens=tuple(found), word=word)


def both(parts: list[Term]) -> Term | None:
    """Require every part; None when there are none."""
    return Term("all", parts=tuple(parts)) if parts else None


def either(parts: list[Term]) -> Term | None:
    """Require one of the parts; None when there are none."""
    return Term("any", parts=tuple(parts)) if parts else None


def but_not(this: Term, that: Term) -> Term:
    return Term("but", parts=(this, that))


def label(kind: str, value: str) -> Term:
    """Make the term of a filter value; labels hold an underscore, which no word does."""
    return phrase([f"{kind}_{NOT_LABEL.sub('_', fold(value))}"])


def read(question: str) -> list[Term]:
    """Read what a person typed: words, and "words in quotes" that must stand together."""
    found: list[Term] = []
    for quoted, loose in QUOTED.findall(question[:LONGEST_QUESTION]):
        if quoted and tokens(quoted):
            found.append(phrase(tokens(quoted)[:MOST_TERMS]))
        found.extend(phrase([stem(word)], word) for word in words(loose))
    meaningful = [term for term in found if term.word not in _folded_stop_words or not term.word]
    return (meaningful or found)[:MOST_TERMS]


_folded_stop_words = frozenset(map(fold, STOP_WORDS))
