"""One person, as far as somebody sees them: the one function behind every view of a profile."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, select, union_all
from sqlalchemy.orm import aliased

from portal.directory.policy.viewers import Network
from portal.directory.queries.networks import SharedNetwork, networks_from, select_shared
from portal.directory.queries.visible import may_be_seen_by
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.networks.models import Membership
from portal.networks.queries import belongs_to, is_near
from portal.people.models import FIELDS, FormerId, Person
from portal.people.policy import Reach, is_seen, reach_of
from portal.people.queries import (
    PARTS,
    Told,
    is_walled_off,
    relations_of,
    selects_of,
    told_from,
)

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
    networks: Sequence[Network]


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


def profile_of(
    person: Any, reach: Reach, networks: Sequence[Network] | None = None
) -> SeenPerson | None:
    """Return a person as far as `reach` goes; None when not even the name is seen.

    Page, preview and contact file show what it gives and nothing else. `networks` are those that
    both belong to; without, they are asked for.
    """
    fields = frozenset(field for field in FIELDS if is_seen(person, field, reach.audiences))
    if "name" not in fields:
        return None
    told, shared = _lists(person.id, reach, fields)
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
        told=told,
        relations=_relations(person.id, reach) if "relations" in fields else (),
        networks=shared if networks is None else networks,
    )


def seen_photo(public_id: str, file_id: str, actor: Actor) -> bool:
    """Say whether this is a person's photo now, and the actor sees it."""
    query = select(Person.id).where(
        Person.public_id == public_id,
        Person.photo == file_id,
        may_be_seen_by(actor, Person, "photo"),
    )
    return session().scalars(query).first() is not None


def _lists(
    person_id: int, reach: Reach, fields: frozenset[str]
) -> tuple[Told, list[SharedNetwork]]:
    """Ask for the seen parts of a profile and for the networks that are shared; one query."""
    shared = select_shared(reach.actor, person_id)
    parts = selects_of(person_id, [part for part in PARTS if part in fields])
    rows = session().execute(union_all(shared, *parts)).all()
    told = told_from(row for row in rows if row.part != "networks")
    return told, networks_from(row for row in rows if row.part == "networks")


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
