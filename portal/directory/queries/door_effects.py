"""How many would see a door, as somebody has set it or is about to: counted by the rule itself."""

from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from typing import cast as typing_cast

from sqlalchemy import (
    CTE,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union,
)
from sqlalchemy.orm import aliased

from portal.directory.policy.effects import MOST_COUNTED, Effect
from portal.directory.queries.doors import coordinator_ids_of, knows, standing_of
from portal.kernel.actors import Actor
from portal.kernel.db import Query, fetch
from portal.networks.models import Membership
from portal.networks.queries import is_active, network_ids_of
from portal.people.models import Person
from portal.people.policy import reached
from portal.people.policy.door import KNOWN_TO, Position
from portal.people.queries import administrator_ids
from portal.people.queries.sight import NOBODY

OWNER = bindparam("owner", type_=Integer())
TODAY = bindparam("today", type_=Date())
ENOUGH = 5000
SHUT_OUT = bindparam("shut_out", type_=String(), expanding=True)


class Draft(NamedTuple):
    """A door as it would stand: neither paused nor over."""

    position: Any
    paused_until: Any = cast(null(), Date)
    expires_on: Any = cast(null(), Date)


class Shape(NamedTuple):
    """All that decides how the statement is written."""

    position: Position
    name_shown: str
    # Whether it is enough to look at so many of the networks' members: it is, if many of them know.
    most_looked_at: int | None


def effect_of(
    person_id: int, name_shown: str, position: Position, shut_out: Collection[str], today: date
) -> Effect:
    """Count who would see a person's door; `shut_out` are the keys of whom they would exclude."""
    if not KNOWN_TO[position]:
        return Effect()
    given = {"owner": person_id, "today": today, "shut_out": sorted(shut_out)}
    (row,) = fetch(_counted(Shape(position, name_shown, most_looked_at=ENOUGH)), given)
    if row.members <= MOST_COUNTED and row.looked_at > ENOUGH:
        (row,) = fetch(_counted(Shape(position, name_shown, most_looked_at=None)), given)
    return Effect(row.coordinators, row.staff - row.coordinators, row.members)


def seers_of(shape: Shape) -> tuple[Select[Any], Select[Any]]:
    """Select who would know: coordinators and administrators, and the other members.

    Whom to look at is narrowed first; who knows of them is left to the rule.
    """
    viewer, owner = aliased(Person), aliased(Person)
    standing = standing_of(viewer.id, owner, TODAY, lambda key, _owner: key.in_(SHUT_OUT))
    know = (viewer.id != OWNER, knows(Draft(literal(shape.position)), standing, TODAY))
    everybody = select(viewer.id).select_from(viewer).join(owner, owner.id == OWNER).where(*know)
    in_duty = viewer.id.in_(select(_in_duty().subquery().c.person_id))
    coordinates = case((standing.coordinates, 1), else_=0).label("coordinates")
    others = everybody.where(~in_duty)
    if not _is_shown_to_all(shape):
        others = others.where(viewer.id.in_(select(_near(shape).c.person_id)))
    return everybody.where(in_duty).add_columns(coordinates), others


def _in_duty() -> Any:
    return union(coordinator_ids_of(OWNER), administrator_ids())


def _is_shown_to_all(shape: Shape) -> bool:
    return shape.name_shown in reached(Actor(NOBODY), None, near=False)


@cache
def _near(shape: Shape) -> CTE:
    """Select the members of the owner's networks, or so many of them as are looked at."""
    theirs = aliased(Membership)
    query = select(theirs.person_id).where(
        theirs.network_id.in_(network_ids_of(typing_cast("int", OWNER))),
        is_active(theirs),
    )
    if shape.most_looked_at:
        query = query.limit(shape.most_looked_at + 1)
    return query.cte("near").prefix_with("MATERIALIZED")


@cache
def _counted(shape: Shape) -> Query:
    staff, others = seers_of(shape)
    duty = staff.subquery()
    members: Any = literal(0)
    looked_at: Any = literal(0)
    if "members" in KNOWN_TO[shape.position]:
        members = _count(others.limit(MOST_COUNTED + 1))
        if not _is_shown_to_all(shape):
            looked_at = _count(select(_near(shape).c.person_id))
    coordinators = func.coalesce(func.sum(duty.c.coordinates), 0)
    return select(
        coordinators.label("coordinators"),
        func.count().label("staff"),
        members.label("members"),
        looked_at.label("looked_at"),
    ).select_from(duty)


def _count(query: Select[Any]) -> Any:
    return select(func.count()).select_from(query.subquery()).scalar_subquery()
