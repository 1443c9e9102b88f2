"""The list of openings: found by a filter, shown a page at a time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from portal.kernel.actors import Actor
from portal.kernel.db import fetch, is_sqlite
from portal.kernel.paging import PAGE_SIZE, Page, WrongCursor, decode, encode
from portal.kernel.search import Term, both
from portal.kernel.viewing import kind_of
from portal.openings.models import opening_index
from portal.openings.queries.built import ANY, MOST_COUNTED, NEVER, Shape, listed, question
from portal.openings.queries.filters import Filters
from portal.openings.queries.visible import values

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Hits:
    """A page of openings and how many there are in all, counted up to MOST_COUNTED."""

    page: Page[Any]
    count: int

    @property
    def is_more(self) -> bool:
        return self.count > MOST_COUNTED


def found(filters: Filters, actor: Actor, at: datetime, after: str | None = None) -> Hits:
    """Find open openings; exact hits first, then compounds, newest first within each."""
    questions = _questions(filters)
    given = values(actor, at) | questions
    parts = max(0, len(questions) - 1)
    shape = Shape(kind_of(actor), parts, filters.by_deadline, is_sqlite())
    if key := decode(after, int, int, int, int):
        shape = shape._replace(goes_on_in=_known(key[0], shape))
        given |= {"last_deadline": _instant(key[1]), "last_position": key[2]}
    return _hits(fetch(listed(shape), given), count=key[3] if key else None)


def _questions(filters: Filters) -> dict[str, str]:
    """Write the question of each part of the list, and the one that finds all of them."""
    exact, compounds = opening_index.with_compounds(filters.words())
    labels = filters.labels()
    parts = [_with(exact, labels)]
    if compounds:
        parts.append(_with(compounds, labels))
    everything = _with(compounds.parts[0], labels) if compounds else parts[0]
    asked = {question(number): part for number, part in enumerate(parts)} | {ANY: everything}
    return {name: opening_index.written(term) for name, term in asked.items() if term}


def _with(words: Term | None, labels: Term | None) -> Term | None:
    return both([term for term in (words, labels) if term is not None])


def _hits(rows: Any, count: int | None) -> Hits:
    """Make a page of rows; how many there are is counted for the first page and then handed on."""
    if count is None:
        count = int(rows[0].count) if rows else 0
    if len(rows) <= PAGE_SIZE:
        return Hits(Page(rows), count)
    last = rows[PAGE_SIZE - 1]
    deadline = ((last.expires_at or NEVER) - EPOCH) // TICK
    return Hits(Page(rows[:PAGE_SIZE], encode(last.part, deadline, last.position, count)), count)


def _known(part: int, shape: Shape) -> int:
    """Return the part of the list that a cursor names, if the list has it."""
    if not 0 <= part < shape.parts:
        raise WrongCursor(part)
    return part


def _instant(ticks: int) -> datetime:
    try:
        return EPOCH + ticks * TICK
    except OverflowError as error:
        raise WrongCursor(ticks) from error
