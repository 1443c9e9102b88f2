"""Who is coming, as far as each lets the one who looks see their name."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from portal.events.models import Registration
from portal.kernel.actors import Actor
from portal.kernel.db import Query, fetch
from portal.kernel.viewing import Kind, kind_of, stand_in
from portal.networks.queries import is_near
from portal.people.models import Person
from portal.people.policy import is_seen, reached
from portal.people.queries import is_shown

FIRST = 12
COLUMNS = (
    Person.id,
    Person.public_id,
    Person.name,
    Person.headline,
    Person.photo,
    Person.name_shown,
    Person.headline_shown,
    Person.photo_shown,
)


@dataclass(frozen=True)
class Guest:
    """A guest as far as the one who looks sees them."""

    id: int
    public_id: str
    name: str
    headline: str
    photo: str | None


def first_guests(actor: Actor, event_id: int) -> Sequence[Guest]:
    """Return the first guests whose names the actor sees, in Swedish order."""
    given = {"viewer": actor.person_id, "event": event_id}
    rows = fetch(_first(kind_of(actor)), given)
    return [_seen(row, reached(actor, row.id, near=bool(row.near))) for row in rows]


def seen_organiser(actor: Actor, organiser: Person, *, near: bool) -> Guest | None:
    """Return who organises, as far as the actor sees them; `near` if the two share a network."""
    suspended = organiser.suspended_at is not None
    audiences = reached(actor, organiser.id, near=near, suspended=suspended)
    return _seen(organiser, audiences) if is_seen(organiser, "name", audiences) else None


def _seen(row: Any, audiences: frozenset[str]) -> Guest:
    """Leave out what the person does not let these audiences see."""
    return Guest(
        row.id,
        row.public_id,
        row.name,
        row.headline if is_seen(row, "headline", audiences) else "",
        row.photo if is_seen(row, "photo", audiences) else None,
    )


@cache
def _first(kind: Kind) -> Query:
    viewer = stand_in(kind)
    near = is_near(viewer, Person.id)
    return (
        select(*COLUMNS, near.label("near"))
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.event_id == bindparam("event"), Registration.ended_at.is_(None))
        .where(is_shown(viewer, Person, near))
        .order_by(Person.sort_key, Person.id)
        .limit(FIRST)
    )
