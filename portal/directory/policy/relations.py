"""How a person's relations read: as words, and as bars over the years."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from portal.kernel.text import Lazy, _l, language

SHORTEST_BAR = 1.5  # percent of the whole; less can't be seen


class Dated(Protocol):
    """A relation as people.queries.relations_of gives it."""

    @property
    def name_sv(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def began_on(self) -> date: ...
    @property
    def ended_on(self) -> date | None: ...
    @property
    def organisation(self) -> str: ...
    @property
    def organisation_kind(self) -> str: ...


@dataclass(frozen=True)
class Stretch:
    """One relation; `start` and `length` place its bar, in percent of all the years."""

    kind: str
    organisation: str
    is_host: bool
    title: str
    years: Lazy
    began_on: date
    ended_on: date | None
    start: float
    length: float


def stretches(relations: Iterable[Dated], today: date) -> list[Stretch]:
    """Lay relations out over the years from the first one's beginning until today."""
    told = list(relations)
    if not told:
        return []
    first = min(relation.began_on for relation in told)
    last = max([today, *(relation.ended_on or relation.began_on for relation in told)])
    whole = max((last - first).days, 1)
    return [_stretch(relation, first, last, whole, today) for relation in told]


def years(began: date, ended: date | None, today: date) -> Lazy:
    """Say between which years, or since which."""
    if ended is None and began > today:
        return _l("from %(year)s", year=began.year)
    if ended is None:
        return _l("since %(year)s", year=began.year)
    if began.year == ended.year:
        return Lazy(str(began.year))
    return Lazy(f"{began.year}–{ended.year}")


def _stretch(relation: Dated, first: date, last: date, whole: int, today: date) -> Stretch:
    ended = relation.ended_on or max(last, relation.began_on)
    length = max(100 * (ended - relation.began_on).days / whole, SHORTEST_BAR)
    start = min(100 * (relation.began_on - first).days / whole, 100 - length)
    return Stretch(
        kind=relation.name_sv if language() == "sv" else relation.name_en,
        organisation=relation.organisation,
        is_host=relation.organisation_kind == "host",
        title=relation.title,
        years=years(relation.began_on, relation.ended_on, today),
        began_on=relation.began_on,
        ended_on=relation.ended_on,
        start=round(start, 1),
        length=round(length, 1),
    )
