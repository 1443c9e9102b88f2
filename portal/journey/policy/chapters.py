"""Chapters: a life with us laid out as before, during and after, as the dated relations tell it.

A day is *during* when the person works with us, *before* or *after* as the relation that began
last says. The house's own relations decide; those to our customers, when there is none with the
house that day; other employers never. A day without any relation is *after* once there has been
something to come after, else *before*. A chapter is an unbroken stretch of days of one phase; the
first one has no beginning and the last one no end, so that every day stands in exactly one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Generic, Literal, Protocol, TypeVar

Phase = Literal["before", "during", "after"]
DAY = timedelta(days=1)
START, TO, END = "start", "..", "now"
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)  # days that an address may ask for
ORDER: tuple[Phase, ...] = ("before", "during", "after")


class Dated(Protocol):
    """A relation as people.queries.relations_of gives it."""

    @property
    def phase(self) -> str: ...
    @property
    def began_on(self) -> date: ...
    @property
    def ended_on(self) -> date | None: ...
    @property
    def organisation_kind(self) -> str: ...


R = TypeVar("R", bound=Dated)
E = TypeVar("E")


@dataclass(frozen=True)
class Chapter(Generic[R]):
    """A stretch of days of one phase, the relations that make it, and those beside them."""

    phase: Phase
    first: date  # date.min when it has no beginning
    last: date  # date.max when it has no end
    relations: tuple[R, ...] = ()
    others: tuple[R, ...] = ()

    @property
    def key(self) -> str:
        """Return the chapter's days as they stand in an address."""
        first = START if self.first == date.min else self.first.isoformat()
        return f"{first}{TO}{END if self.last == date.max else self.last.isoformat()}"

    def holds(self, day: date) -> bool:
        """Say whether a day stands in this chapter."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Part(Generic[R, E]):
    """What is shown of one chapter: entries by year; `goes_on` when its head stood before."""

    chapter: Chapter[R]
    years: list[tuple[int, list[E]]] = field(default_factory=list)
    goes_on: bool = False


def chapters(relations: Iterable[R], today: date) -> list[Chapter[R]]:
    """Lay a life with us out in chapters, the latest first; at least one."""
    ours = [one for one in relations if _counts(one, today)]
    found: list[Chapter[R]] = []
    for first, last in _stretches(ours, today):
        phase, leading = _phase(ours, first, found)
        same = found.pop() if found and found[-1].phase == phase else Chapter(phase, first, last)
        together = dict.fromkeys((*same.relations, *leading))
        found.append(Chapter(phase, same.first, last, tuple(together)))
    return [_with_others(one, ours) for one in reversed(found)]


def days_of(key: str) -> tuple[date, date] | None:
    """Return the first and the last day that an address asks for; None when it asks for nothing."""
    first, _to, last = key.partition(TO)
    try:
        begin = None if first == START else date.fromisoformat(first)
        end = None if last == END else date.fromisoformat(last)
    except ValueError:
        return None
    if any(day and not EARLIEST <= day <= LATEST for day in (begin, end)):
        return None
    return begin or date.min, end or date.max


def chapter_of(all_chapters: Sequence[Chapter[R]], day: date) -> Chapter[R]:
    """Return the chapter in which a day stands."""
    return next(one for one in all_chapters if one.holds(day))


def laid_out(
    all_chapters: Sequence[Chapter[R]],
    entries: Sequence[E],
    day_of: Callable[[E], date],
    before: date | None = None,
) -> list[Part[R, E]]:
    """Put a page of entries, latest first, into their chapters and years.

    `before` is the day of the last entry of the page before, whose chapter goes on.
    """
    above = chapter_of(all_chapters, before) if before else None
    parts: list[Part[R, E]] = []
    for chapter, inside in groupby(entries, lambda one: chapter_of(all_chapters, day_of(one))):
        years = [(year, list(of_it)) for year, of_it in groupby(inside, lambda e: day_of(e).year)]
        parts.append(Part(chapter, years, chapter == above))
    return parts


def with_empty_ones(
    parts: Sequence[Part[R, E]],
    all_chapters: Sequence[Chapter[R]],
    before: date | None,
    *,
    more: bool,
) -> list[Part[R, E]]:
    """Add the chapters of which nothing is written: those between, and at the end those left."""
    place = {chapter: number for number, chapter in enumerate(all_chapters)}
    begin = place[chapter_of(all_chapters, before)] + 1 if before else 0
    end = place[parts[-1].chapter] if parts and more else len(all_chapters) - 1
    shown = {part.chapter: part for part in parts}
    wanted = [one for one in all_chapters[begin : end + 1] if one.relations or one in shown]
    going_on = [part for part in parts if part.goes_on]
    return going_on + [shown.get(one) or Part(one) for one in wanted]


def _counts(relation: Dated, today: date) -> bool:
    """Say whether a relation is one with us, and has begun."""
    return relation.organisation_kind in ("host", "customer") and relation.began_on <= today


def _stretches(ours: Sequence[Dated], today: date) -> Iterator[tuple[date, date]]:
    """Cut all time where a relation begins or has ended."""
    cuts = {one.began_on for one in ours}
    cuts |= {one.ended_on + DAY for one in ours if one.ended_on and one.ended_on < today}
    edges = [date.min, *sorted(cuts - {date.min}), date.max]
    for first, following in pairwise(edges):
        yield first, date.max if following == date.max else following - DAY


def _phase(
    ours: Sequence[R], day: date, earlier: Sequence[Chapter[R]]
) -> tuple[Phase, tuple[R, ...]]:
    """Return a day's phase and the relations that make it so."""
    current = [o for o in ours if o.began_on <= day and (o.ended_on is None or o.ended_on >= day)]
    at_home = [one for one in current if one.organisation_kind == "host"]
    deciding = at_home or current
    if not deciding:
        been = any(chapter.phase != "before" for chapter in earlier)
        return ("after" if been else "before"), ()
    during = [one for one in deciding if one.phase == "during"]
    newest = max(during or deciding, key=lambda one: (one.began_on, ORDER.index(_named(one))))
    return _named(newest), tuple(one for one in deciding if one.phase == newest.phase)


def _named(relation: Dated) -> Phase:
    return next(phase for phase in ORDER if phase == relation.phase)


def _with_others(chapter: Chapter[R], ours: Sequence[R]) -> Chapter[R]:
    """Add the relations that are there at the same time."""
    beside = tuple(
        one
        for one in ours
        if one not in chapter.relations
        and one.began_on <= chapter.last
        and (one.ended_on is None or one.ended_on >= chapter.first)
    )
    latest_first = sorted(chapter.relations, key=lambda one: one.began_on, reverse=True)
    return Chapter(chapter.phase, chapter.first, chapter.last, tuple(latest_first), beside)
