"""Chapters' headings: the phase in words, the relations with their years."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.directory.policy import years
from portal.journey.policy import Chapter, Phase
from portal.kernel.text import Lazy, _l, language
from portal.web.dates import local

PHASE_NAMES: dict[Phase, Lazy] = {
    "before": _l("Before"),
    "during": _l("During"),
    "after": _l("After"),
}
MOST_NAMED = 3  # relations in a heading


@dataclass(frozen=True)
class Head:
    """A chapter's heading: its phase in words, what made it so, and what was beside."""

    phase: Lazy | str
    labels: list[str]
    others: list[str]
    key: str
    short: str
    year: int | None


def head_of(chapter: Chapter[Any], now: datetime) -> Head:
    """Return a chapter's heading."""
    today = local(now).date()
    labels = [label(one, today) for one in chapter.relations]
    others = labels[MOST_NAMED:] + [label(one, today) for one in chapter.others]
    alone = chapter.first == date.min and chapter.last == date.max
    phase = _l("Here with us") if alone and not labels else PHASE_NAMES[chapter.phase]
    return Head(
        phase,
        labels[:MOST_NAMED] or ([] if alone else [str(_span(chapter, today))]),
        others,
        chapter.key,
        str(phase) if alone else f"{phase} {_span(chapter, today)}",
        None if chapter.last == date.max else chapter.last.year,
    )


def label(relation: Any, today: date) -> str:
    """Name a relation with its years: Consultant 2016–2019."""
    kind = relation.name_sv if language() == "sv" else relation.name_en
    where = "" if relation.organisation_kind == "host" else f" ({relation.organisation})"
    return f"{kind}{where} {years(relation.began_on, relation.ended_on, today)}"


def _span(chapter: Chapter[Any], today: date) -> Lazy:
    if chapter.first == date.min:
        return _l("until %(year)s", year=chapter.last.year)
    return years(chapter.first, None if chapter.last == date.max else chapter.last, today)
