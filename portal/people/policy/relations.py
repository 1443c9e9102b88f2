"""Rules about relations: when one may begin, end and be put right, and the words for why it is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from portal.kernel.actors import Actor
from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.search.analysis import fold
from portal.kernel.text import LANGUAGES, Lazy, _l, speaking

LONGEST_TITLE, LONGEST_REASON_KEPT = 120, 60  # characters
FIRST_DAY = date(1940, 1, 1)
FURTHEST = timedelta(days=5 * 366)  # ahead

# What relations are kept for (GDPR art. 5.1 b); an installation may write its own words, too.
PURPOSES: dict[str, Lazy] = {
    "recruitment": _l("recruitment"),
    "employment": _l("employment"),
    "assignment": _l("assignment"),
    "staying in touch": _l("staying in touch"),
    "customer relation": _l("customer relation"),
}
# Why that is lawful (GDPR art. 6.1 a, b, c, f).
LEGAL_BASES: dict[str, Lazy] = {
    "consent": _l("consent"),
    "contract": _l("contract"),
    "steps at the person's request": _l("steps at the person's request"),
    "legal obligation": _l("legal obligation"),
    "legitimate interest": _l("legitimate interest"),
}
# How we came to know of a relation.
SOURCES: dict[str, Lazy] = {
    "sign-up": _l("the person's own sign-up"),
    "application": _l("an application"),
    "conversation": _l("a conversation"),
    "agreement": _l("an agreement"),
    "import": _l("an import"),
    "demo": _l("the demo world"),
}
GONE_RELATION = _l("This relation has been put right meanwhile. This is how it stands now.")


@dataclass(frozen=True)
class ToldRelation:
    """What is written of a relation."""

    kind: str
    organisation_id: int
    began_on: date
    ended_on: date | None = None
    title: str = ""
    purpose: str = ""
    legal_basis: str = ""
    source: str = ""
    owner_id: int | None = None


class Dated(Protocol):
    """A relation, as far as the rules look at it."""

    @property
    def kind(self) -> str: ...
    @property
    def organisation_id(self) -> int: ...
    @property
    def began_on(self) -> date: ...
    @property
    def ended_on(self) -> date | None: ...


class Corrigible(Dated, Protocol):
    """A relation that may have been put right."""

    @property
    def corrected_at(self) -> object | None: ...


def may_keep_relations(actor: Actor) -> Decision:
    """Say whether the actor writes down what people are to us."""
    if not actor.is_administrator:
        return deny(_l("Only administrators write down relations."))
    return ALLOW


def may_stand(told: Dated, others: Iterable[Dated]) -> Decision:
    """Say whether a relation may stand beside the `others` of the same person.

    Any number may go on at once, but the same kind at the same organisation only once at a time.
    """
    alike = (one for one in others if _is_alike(one, told))
    if any(_overlap(one, told) for one in alike):
        return deny(
            _l(
                "There is such a relation to this organisation in that time already. "
                "Put that one right instead, or choose other days."
            )
        )
    return ALLOW


def may_end(relation: Corrigible, ended_on: date) -> Decision:
    """Say whether a relation may get this last day."""
    if relation.corrected_at is not None:
        return deny(GONE_RELATION)
    if relation.ended_on is not None and relation.ended_on != ended_on:
        return deny(_l("This relation has a last day already. If it is wrong, put it right."))
    return _in_order(relation.began_on, ended_on)


def may_correct(relation: Corrigible) -> Decision:
    """Say whether a relation may be put right: only as it now stands."""
    return deny(GONE_RELATION) if relation.corrected_at is not None else ALLOW


def may_be_dated(began_on: date, ended_on: date | None, today: date) -> Decision:
    """Say whether these can be the days of a relation."""
    for day in (began_on, ended_on):
        if day is not None and not FIRST_DAY <= day <= today + FURTHEST:
            return deny(_l("Choose a day from 1940 to five years from now."))
    return _in_order(began_on, ended_on)


def worded(known: Mapping[str, Lazy], text: str) -> Lazy | str:
    """Return a purpose, legal basis or source in the reader's language, as far as it is known."""
    return known.get(text, text)


def coded(known: Mapping[str, Lazy], typed: str) -> str:
    """Return what is kept of typed words: the code of what they mean in any language, or themselves."""
    wanted = fold(typed.strip())
    for language in LANGUAGES:
        with speaking(language):
            for code, words in known.items():
                if wanted in (fold(str(words)), fold(code)):
                    return code
    return typed.strip()


def _in_order(began_on: date, ended_on: date | None) -> Decision:
    if ended_on is not None and ended_on < began_on:
        return deny(_l("The last day can't be before the first one."))
    return ALLOW


def _is_alike(one: Dated, other: Dated) -> bool:
    return (one.kind, one.organisation_id) == (other.kind, other.organisation_id)


def _overlap(one: Dated, other: Dated) -> bool:
    """Say whether two times share more than the day where one takes over from the other."""
    first, second = sorted((one, other), key=lambda each: each.began_on)
    if first.began_on == second.began_on:
        return True
    return first.ended_on is None or second.began_on < first.ended_on
