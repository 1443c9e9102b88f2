"""One person, as far as somebody sees them: the one function behind every view of a profile."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import aliased

from portal.directory.queries.visible import may_be_seen_by
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.networks.models import Membership
from portal.networks.queries import belongs_to, is_near
from portal.people.models import FIELDS, FormerId, Person
from portal.people.policy import Reach, is_seen, reach_of
from portal.people.queries import PARTS, Told, is_walled_off, relations_of, told_by

PERSON = (
    Person.id,
    Person.public_id,
    Person.name,
    Person.headline,
    Person.municipality,
    Person.about,
    Person.photo,
    Person.confirmed_at,
    Person.arrived_at,
    Person.suspended_at,
    *(getattr(Person, f"{field}_shown") for field in FIELDS),
)


@dataclass(frozen=True)
class Found:
    """A person's row, and where the one who looks stands with regard to them."""

    person: Any
    reach: Reach


@dataclass(frozen=True)
class SeenPerson:
    """A person as far as somebody sees them; what they don't see is empty.

    `fields` are those that reach the viewer, `networks` those that both belong to.
    """

    id: int
    public_id: str
    name: str
    reach: Reach
    fields: frozenset[str]
    headline: str
    municipality: str | None
    about: str
    photo: str | None
    told: Told
    relations: Sequence[Any]
    networks: Sequence[Any]


def found_person(public_id: str, actor: Actor) -> Found | None:
    """Find a person by their address; None if the actor may not see them."""
    near, today = is_near(actor, Person.id), clock.now().date()
    walled = is_walled_off(actor.person_id, Person.id, today)
    query = select(
        *PERSON,
        near.label("near"),
        walled.label("walled"),
        _is_coordinated_by(actor).label("coordinates"),
    ).where(Person.public_id == public_id, may_be_seen_by(actor, Person))
    row = session().execute(query).one_or_none()
    if row is None:
        return None
    stands = {"coordinates": bool(row.coordinates), "walled": bool(row.walled)}
    return Found(row, reach_of(actor, row, near=bool(row.near), **stands))


def present_id(former_id: str, actor: Actor) -> str | None:
    """Return the id of a person who had another one before a merge, if the actor may see them."""
    query = (
        select(Person.public_id)
        .join(FormerId, FormerId.person_id == Person.id)
        .where(FormerId.public_id == former_id, may_be_seen_by(actor, Person))
    )
    return session().scalars(query).one_or_none()


def profile_of(person: Any, reach: Reach, networks: Sequence[Any] = ()) -> SeenPerson | None:
    """Return a person as far as `reach` goes; None when not even the name is seen.

    Page, preview and contact file show what it gives and nothing else.
    """
    fields = frozenset(field for field in FIELDS if is_seen(person, field, reach.audiences))
    if "name" not in fields:
        return None
    return SeenPerson(
        id=person.id,
        public_id=person.public_id,
        name=person.name,
        reach=reach,
        fields=fields,
        headline=person.headline if "headline" in fields else "",
        municipality=person.municipality if "municipality" in fields else None,
        about=person.about if "about" in fields else "",
        photo=person.photo if "photo" in fields else None,
        told=told_by(person.id, [part for part in PARTS if part in fields]),
        relations=_relations(person.id, reach) if "relations" in fields else (),
        networks=networks,
    )


def seen_photo(public_id: str, file_id: str, actor: Actor) -> bool:
    """Say whether this is a person's photo now, and the actor sees it."""
    query = select(Person.id).where(
        Person.public_id == public_id,
        Person.photo == file_id,
        may_be_seen_by(actor, Person, "photo"),
    )
    return session().scalars(query).first() is not None


def _relations(person_id: int, reach: Reach) -> list[Any]:
    """Leave out that they look for work, where the viewer must not know."""
    told = relations_of(person_id)
    return [one for one in told if reach.sees_candidacy or not one.is_candidate]


def _is_coordinated_by(actor: Actor) -> ColumnElement[bool]:
    """Say that the actor coordinates a network the person belongs to."""
    if not actor.is_coordinator:
        return false()
    mine = aliased(Membership)
    coordinated = select(mine.network_id).where(
        mine.person_id == actor.person_id,
        mine.role == "coordinator",
        mine.began_at.is_not(None),
        mine.ended_at.is_(None),
    )
    return belongs_to(Person.id, coordinated)
