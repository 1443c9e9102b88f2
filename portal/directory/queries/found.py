"""A person by the address of their page, and where the one who looks stands with regard to them."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, select

from portal.directory.queries.asking import TODAY
from portal.directory.queries.visible import may_be_seen_by
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import Query, fetch, session
from portal.kernel.viewing import VIEWER, Kind, kind_of, stand_in
from portal.networks.queries import belongs_to, coordinated_ids, is_near
from portal.people.models import FIELDS, FormerId, Person
from portal.people.policy import Reach, reach_of
from portal.people.queries import is_walled_off

ADDRESS = bindparam("address", type_=String())
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


def found_person(public_id: str, actor: Actor) -> Found | None:
    """Find a person by their address; None if the actor may not see them."""
    if not actor.is_signed_in:
        return None
    asked = {"viewer": actor.person_id, "today": clock.now().date(), "address": public_id}
    rows = fetch(_person(kind_of(actor)), asked)
    if not rows:
        return None
    (row,) = rows
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


@cache
def _person(kind: Kind) -> Query:
    actor = stand_in(kind)
    near = is_near(actor, Person.id)
    return select(
        *PERSON,
        near.label("near"),
        is_walled_off(VIEWER, Person.id, TODAY).label("walled"),
        _is_coordinated().label("coordinates"),
    ).where(Person.public_id == ADDRESS, may_be_seen_by(actor, Person))


def _is_coordinated() -> ColumnElement[bool]:
    """Say that the viewer coordinates a network the person belongs to."""
    return belongs_to(Person.id, coordinated_ids(VIEWER))
