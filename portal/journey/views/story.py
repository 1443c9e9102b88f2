"""A journey in chapters, filtered and page by page: what the page, the fragments and paper share."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import request

from portal.directory.policy import years
from portal.journey import queries
from portal.journey.policy import (
    GROUP_NAMES,
    Chapter,
    Group,
    Phase,
    chapters,
    days_of,
    laid_out,
    with_empty_ones,
)
from portal.journey.queries import Between, Reader
from portal.journey.views.telling import entries_of
from portal.kernel import clock
from portal.kernel.paging import PAGE_SIZE
from portal.kernel.text import Lazy, _l, _n, language
from portal.networks.queries.ordering import time_position
from portal.web.dates import HOME, local
from portal.web.rendering import actor

PATH = "/journey"
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


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    group: Group | None = None
    chapter: str | None = None
    after: str | None = None

    def address(self, **changes: Any) -> str:
        """Return the address of this with some of it changed."""
        wanted = replace(self, **{"after": None} | changes)
        asked = {"show": wanted.group, "chapter": wanted.chapter, "after": wanted.after}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{PATH}?{query}" if query else PATH


def asked() -> Asked:
    """Read what is asked for; what we don't know asks for nothing."""
    group = next((one for one in GROUP_NAMES if one == request.args.get("show")), None)
    return Asked(group, request.args.get("chapter") or None, request.args.get("after") or None)


def story(wanted: Asked, size: int = PAGE_SIZE) -> dict[str, Any]:
    """Return what `_story.html` and `_parts.html` need, and the person's `ties`; two queries."""
    now, me = clock.now(), actor().person_id or 0
    days = days_of(wanted.chapter) if wanted.chapter else None
    wanted = wanted if days else replace(wanted, chapter=None)
    found = queries.happened(
        me, "me", wanted.group, between(*days) if days else None, wanted.after, size
    )
    names, ties = queries.names_and_ties(Reader(actor(), me, "me", now), found.rows)
    every = chapters(ties, local(now).date())
    entries = list(entries_of(found.rows, names, "me"))
    last = time_position(wanted.after)
    before = local(last[0]).date() if last else None
    parts = laid_out(every, entries, lambda one: one.day, before)
    if wanted.group is None and days is None:
        parts = with_empty_ones(parts, every, before, more=found.after is not None)
    return {
        "asked": wanted,
        "ties": ties,
        "parts": [(head_of(part.chapter, now), part) for part in parts],
        "groups": GROUP_NAMES,
        "chapters": [head_of(one, now) for one in every],
        "before_year": before.year if before else None,
        "count": len(entries),
        "counted": counted(len(entries), more=found.after is not None, on=last is not None),
        "more": wanted.address(after=found.after) if found.after else None,
    }


def counted(count: int, *, more: bool, on: bool) -> str:
    """Say how many entries are shown."""
    if on:
        return _n("%(num)d more entry is shown.", "%(num)d more entries are shown.", count)
    if more:
        return _n("The latest entry.", "The latest %(num)d entries.", count)
    return _n("%(num)d entry.", "%(num)d entries.", count)


def between(first: date, last: date) -> Between:
    """Return the instants between which these days lie, by the clock of the house."""
    since = None if first == date.min else _midnight(first)
    until = None if last == date.max else _midnight(last + timedelta(days=1))
    return Between(since, until)


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


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HOME).astimezone(UTC)
