"""A journey in chapters, filtered and page by page: what the page, the fragments and paper share."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import request

from portal.journey import queries
from portal.journey.policy import (
    FIRST_YEAR,
    GROUP_NAMES,
    Group,
    chapters,
    days_of,
    laid_out,
    with_empty_ones,
)
from portal.journey.queries import Between, Reader
from portal.journey.views.headings import head_of
from portal.journey.views.telling import entries_of
from portal.kernel import clock
from portal.kernel.ordering import time_position
from portal.kernel.paging import PAGE_SIZE
from portal.kernel.text import _n
from portal.web.dates import here, local
from portal.web.rendering import actor

PATH = "/journey"


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    group: Group | None = None
    chapter: str | None = None
    year: int | None = None
    after: str | None = None

    @property
    def days(self) -> tuple[date, date] | None:
        """Return the first and the last day asked for: those of a year, or of a chapter."""
        if self.year:
            return date(self.year, 1, 1), date(self.year, 12, 31)
        return days_of(self.chapter) if self.chapter else None

    def address(self, **changes: Any) -> str:
        """Return the address of this with some of it changed."""
        wanted = replace(self, **{"after": None} | changes)
        told = (wanted.group, wanted.chapter, wanted.year, wanted.after)
        asked = zip(("show", "chapter", "year", "after"), told, strict=True)
        query = urlencode({name: value for name, value in asked if value})
        return f"{PATH}?{query}" if query else PATH


def asked() -> Asked:
    """Read what is asked for; what we don't know asks for nothing."""
    group = next((one for one in GROUP_NAMES if one == request.args.get("show")), None)
    written, this_year = request.args.get("year", ""), local(clock.now()).year
    known = written.isascii() and written.isdigit() and len(written) == 4
    year = int(written) if known and FIRST_YEAR <= int(written) <= this_year else None
    chapter = request.args.get("chapter", "") if year is None else ""
    return Asked(group, chapter if days_of(chapter) else None, year, request.args.get("after"))


def story(wanted: Asked, size: int = PAGE_SIZE) -> dict[str, Any]:
    """Return what `_story.html` and `_parts.html` need, and the person's `ties`; two queries."""
    now, me = clock.now(), actor().person_id or 0
    days = wanted.days
    found = queries.happened(me, wanted.group, between(*days) if days else None, wanted.after, size)
    around = queries.surroundings(Reader(actor(), me, "me", now), found.rows)
    every = chapters(around.ties, local(now).date())
    entries = list(entries_of(found.rows, around.names, "me"))
    last = time_position(wanted.after)
    before = local(last[0]).date() if last else None
    parts = laid_out(every, entries, lambda one: one.day, before)
    if wanted.group is None and days is None:
        parts = with_empty_ones(parts, every, before, more=found.after is not None)
    return {
        "asked": wanted,
        "ties": around.ties,
        "parts": [(head_of(part.chapter, now), part) for part in parts],
        "groups": GROUP_NAMES,
        "chapters": [head_of(one, now) for one in every],
        "every_year": range(local(now).year, (around.first_year or local(now).year) - 1, -1),
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


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), here()).astimezone(UTC)
