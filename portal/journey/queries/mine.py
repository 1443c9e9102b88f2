"""What a person has going on: networks, places at events, saved openings, wishes to correct."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Integer,
    LargeBinary,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from portal.events.models import Event, Registration
from portal.journey.models import Correction
from portal.kernel.actors import Actor
from portal.kernel.db import Query, UTCDateTime, fetch
from portal.kernel.viewing import VIEWER, Kind, kind_of
from portal.networks.models import Membership, Network
from portal.openings.models import Opening, SavedOpening
from portal.openings.queries.visible import AT, is_open, may_be_seen_by, values

MOST_NETWORKS, MOST_EVENTS, MOST_SAVED, MOST_CORRECTIONS = 100, 5, 5, 3
NO_TEXT, NO_TIME = cast(null(), String), cast(null(), UTCDateTime)
NO_KEY, NO_FLAG = cast(null(), LargeBinary), cast(null(), Integer)


@dataclass(frozen=True)
class Having:
    """One thing; what the columns mean for each kind stands where it is selected."""

    slug: str
    title: str
    note: str
    more: str
    at: datetime
    until: datetime | None
    flag: bool
    key: bytes


@dataclass(frozen=True)
class Mine:
    """All of it, each list in its order."""

    networks: Sequence[Having]
    events: Sequence[Having]
    openings: Sequence[Having]
    corrections: Sequence[Having]


def mine(actor: Actor, at: datetime) -> Mine:
    """Return what the actor has going on; one query."""
    found: dict[str, list[Having]] = {}
    for what, *columns in fetch(_mine(kind_of(actor)), values(actor, at)):
        slug, title, note, more, since, until, flag, key = columns
        one = Having(
            slug, title, note or "", more or "", since, until, bool(flag), bytes(key or b"")
        )
        found.setdefault(what, []).append(one)
    return Mine(
        sorted(found.get("network", ()), key=lambda one: (one.flag, one.key)),
        sorted(found.get("event", ()), key=lambda one: one.at),
        sorted(found.get("opening", ()), key=lambda one: one.at, reverse=True),
        sorted(found.get("correction", ()), key=lambda one: one.at, reverse=True),
    )


@cache
def _mine(kind: Kind) -> Query:
    parts = (_networks(), _events(), _openings(kind), _corrections())
    return union_all(*(select(part.subquery()) for part in parts))  # type: ignore[return-value]


def _having(kind: str, *columns: Any) -> Select[Any]:
    """Select what of Having; without names of their own two NULLs of a subquery would be one."""
    named = zip((field.name for field in fields(Having)), columns, strict=True)
    return select(literal(kind).label("kind"), *(column.label(name) for name, column in named))


def _networks() -> Select[Any]:
    """Networks by name, requests first: role, since when or asked when, and whether a member."""
    belongs = case((Membership.began_at.is_not(None), 1), else_=0)
    since = func.coalesce(Membership.began_at, Membership.asked_at, type_=UTCDateTime)
    what = (Network.slug, Network.name, Membership.role, NO_TEXT, since, NO_TIME)
    return (
        _having("network", *what, belongs, Network.sort_key)
        .join(Membership, Membership.network_id == Network.id)
        .where(Membership.person_id == VIEWER, Membership.ended_at.is_(None))
        .order_by(belongs, Network.sort_key, Network.id)
        .limit(MOST_NETWORKS)
    )


def _events() -> Select[Any]:
    """Coming events where the person has a place: place, zone, begin and end."""
    what: tuple[Any, ...] = (
        Event.slug,
        Event.title,
        Event.place_name,
        Event.timezone,
        Event.starts_at,
        Event.ends_at,
    )
    return (
        _having("event", *what, NO_FLAG, NO_KEY)
        .join(Registration, Registration.event_id == Event.id)
        .where(Registration.person_id == VIEWER, Registration.ended_at.is_(None))
        .where(Event.ends_at > AT)
        .order_by(Event.starts_at, Event.id)
        .limit(MOST_EVENTS)
    )


def _openings(kind: Kind) -> Select[Any]:
    """Saved openings: company, place, saved when, apply until, and whether still open."""
    applies = case((is_open(), 1), else_=0)
    what = (Opening.slug, Opening.title, Opening.company, Opening.place_text)
    return (
        _having("opening", *what, SavedOpening.saved_at, Opening.expires_at, applies, NO_KEY)
        .join(SavedOpening, SavedOpening.opening_id == Opening.id)
        .where(SavedOpening.person_id == VIEWER, may_be_seen_by(kind))
        .order_by(SavedOpening.saved_at.desc(), Opening.id.desc())
        .limit(MOST_SAVED)
    )


def _corrections() -> Select[Any]:
    """What the person wanted put right: their words, the outcome, the answer, asked, answered."""
    what = (Correction.public_id, Correction.text, Correction.outcome, Correction.answer)
    columns: tuple[Any, ...] = (*what, Correction.asked_at, Correction.answered_at)
    return (
        _having("correction", *columns, NO_FLAG, NO_KEY)
        .where(Correction.person_id == VIEWER)
        .order_by(Correction.asked_at.desc(), Correction.id.desc())
        .limit(MOST_CORRECTIONS)
    )
