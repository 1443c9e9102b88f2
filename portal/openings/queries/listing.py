"""Lists of openings: newest first or by deadline, filtered by index, paged by keyset."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, literal_column, select, union_all

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.paging import PAGE_SIZE, Page, decode, encode
from portal.kernel.search import Term, both, either
from portal.openings.models import Opening, OpeningNetwork, SavedOpening, opening_index
from portal.openings.queries.filters import Filters
from portal.openings.queries.visible import is_open, may_be_seen_by

MOST_COUNTED = 1000
# Sorting all hits by deadline would cost as many rows as there are hits; the newest are enough.
MOST_SORTED = 1000
NO_DEADLINE = datetime(9999, 1, 1, tzinfo=UTC)
ROW = (
    Opening.id,
    Opening.slug,
    Opening.title,
    Opening.company,
    Opening.place_text,
    Opening.remote,
    Opening.forms,
    Opening.published_at,
    Opening.expires_at,
    Opening.position,
)


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
    exact, compound = opening_index.with_compounds(filters.words())
    labels = filters.labels()
    terms = [_with(exact, labels), _with(compound, labels) if compound else None]
    asked = [term for term in terms if term is not None]
    allowed = is_open(at) & may_be_seen_by(actor)
    counted = _count(either(asked), allowed)
    if filters.by_deadline:
        return _hits(_by_deadline(either(asked), allowed, actor, counted, after), _deadline_key)
    return _hits(_newest(asked, allowed, actor, counted, after), _newest_key)


def latest(actor: Actor, at: datetime, limit: int) -> Sequence[Any]:
    """Return the newest open openings."""
    query = select(*ROW).where(is_open(at), may_be_seen_by(actor))
    return session().execute(query.order_by(Opening.position.desc()).limit(limit)).all()


def in_network(network_id: int, actor: Actor, at: datetime, limit: int) -> Sequence[Any]:
    """Return the newest open openings shown in a network."""
    query = (
        select(*ROW)
        .join(OpeningNetwork, OpeningNetwork.opening_id == Opening.id)
        .where(OpeningNetwork.network_id == network_id, is_open(at), may_be_seen_by(actor))
        .order_by(Opening.position.desc())
        .limit(limit)
    )
    return session().execute(query).all()


def saved_by(actor: Actor, at: datetime, limit: int) -> Sequence[Any]:
    """Return what the actor has saved, latest saved first, closed ones too."""
    query = (
        select(*ROW, is_open(at).label("is_open"), SavedOpening.saved_at)
        .join(SavedOpening, SavedOpening.opening_id == Opening.id)
        .where(SavedOpening.person_id == actor.person_id, may_be_seen_by(actor))
        .order_by(SavedOpening.saved_at.desc(), Opening.id.desc())
        .limit(limit)
    )
    return session().execute(query).all()


def _with(words: Term | None, labels: Term | None) -> Term | None:
    return both([term for term in (words, labels) if term is not None])


def _count(term: Term | None, allowed: ColumnElement[bool]) -> ColumnElement[int]:
    """Count the hits, no further than the page would say."""
    hits = _matching(select(literal(1).label("one")), term).where(allowed).limit(MOST_COUNTED + 1)
    return select(func.count()).select_from(hits.subquery()).scalar_subquery()


def _matching(query: Select[Any], term: Term | None) -> Select[Any]:
    if term is None:
        return query.select_from(Opening)
    joined = query.select_from(opening_index.table).join(
        Opening, Opening.position == opening_index.joined
    )
    return joined.where(opening_index.matches(term))


def _columns(actor: Actor, counted: ColumnElement[int]) -> list[Any]:
    saved: Any = literal_column("0")
    if actor.is_signed_in:
        mine = (SavedOpening.opening_id == Opening.id) & (SavedOpening.person_id == actor.person_id)
        saved = select(literal(1)).where(mine).exists()
    return [*ROW, saved.label("saved"), counted.label("count")]


def _newest(
    asked: list[Term],
    allowed: ColumnElement[bool],
    actor: Actor,
    counted: ColumnElement[int],
    after: str | None,
) -> Select[Any]:
    """Take each kind of hit from its own index scan, so that none is sorted that is not shown."""
    key = decode(after, int, int) or [0, 2**63 - 1]
    number: Any = opening_index.number if asked else Opening.position
    parts = []
    for tier, term in enumerate(asked or [None]):
        if tier < key[0]:
            continue
        columns = [*_columns(actor, counted), literal_column(str(tier)).label("tier")]
        part = _matching(select(*columns), term).where(allowed).order_by(number.desc())
        if tier == key[0] and after:
            part = part.where(number < key[1])
        parts.append(part.limit(PAGE_SIZE + 1))
    if len(parts) == 1:
        return parts[0]
    both_kinds = union_all(*(select(part.subquery()) for part in parts)).subquery()
    order = (both_kinds.c.tier, both_kinds.c.position.desc())
    return select(both_kinds).order_by(*order).limit(PAGE_SIZE + 1)


def _by_deadline(
    term: Term | None,
    allowed: ColumnElement[bool],
    actor: Actor,
    counted: ColumnElement[int],
    after: str | None,
) -> Select[Any]:
    """Sort by deadline: all openings by their index, or the newest hits of a search."""
    query = select(*_columns(actor, counted), literal_column("0").label("tier"))
    key = decode(after, str, int)
    if term is None:
        # Two index scans would be needed for those without a deadline: they are last, and rare.
        deadline: Any = func.coalesce(Opening.expires_at, NO_DEADLINE)
        query = query.where(allowed)
    else:
        newest = _matching(select(Opening.id), term).where(allowed)
        newest = newest.order_by(opening_index.number.desc()).limit(MOST_SORTED)
        deadline = func.coalesce(Opening.expires_at, NO_DEADLINE)
        query = query.where(Opening.id.in_(select(newest.subquery().c.id)))
    if key:
        at = datetime.fromisoformat(key[0])
        query = query.where((deadline > at) | ((deadline == at) & (Opening.position < key[1])))
    return query.order_by(deadline, Opening.position.desc()).limit(PAGE_SIZE + 1)


def _newest_key(row: Any) -> tuple[Any, ...]:
    return row.tier, row.position


def _deadline_key(row: Any) -> tuple[Any, ...]:
    return (row.expires_at or NO_DEADLINE).isoformat(), row.position


def _hits(query: Select[Any], key: Any) -> Hits:
    rows = session().execute(query).all()
    count = rows[0].count if rows else 0
    after = encode(*key(rows[PAGE_SIZE - 1])) if len(rows) > PAGE_SIZE else None
    return Hits(Page(rows[:PAGE_SIZE], after), int(count))
