"""One person, as far as somebody sees them: the one function behind every view of a profile."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, union_all

from portal.directory.policy.viewers import Network
from portal.directory.queries.networks import SharedNetwork, networks_from, select_shared
from portal.directory.queries.visible import may_be_seen_by
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.people.models import FIELDS, Person
from portal.people.policy import Reach, is_seen
from portal.people.queries import (
    PARTS,
    Told,
    relations_of,
    selects_of,
    told_from,
)


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
