"""The people of a network, as far as each lets the one who looks see their name."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, case, func, literal, or_, select, true

from portal.kernel.actors import Actor
from portal.kernel.db import Query, fetch
from portal.kernel.ordering import (
    LAST_ID,
    LAST_KEY,
    beyond,
    last_values,
    sort_position,
)
from portal.kernel.paging import PAGE_SIZE, Page, page_of
from portal.kernel.viewing import Kind, kind_of, stand_in
from portal.networks.models import Membership
from portal.networks.queries.belonging import is_active, is_near
from portal.networks.queries.listing import MOST_COUNTED
from portal.people.models import Person
from portal.people.policy import is_seen, reached
from portal.people.queries import is_shown

FIRST = 12
NETWORK = bindparam("network", type_=Integer())
COLUMNS = (
    Person.id,
    Person.public_id,
    Person.name,
    Person.sort_key,
    Person.headline,
    Person.photo,
    Person.suspended_at,
    Person.name_shown,
    Person.headline_shown,
    Person.photo_shown,
    Membership.role,
)


@dataclass(frozen=True)
class Member:
    """A member as far as the one who looks sees them; `profile` says that their page opens, too."""

    id: int
    public_id: str
    name: str
    role: str
    profile: bool
    headline: str
    photo: str | None


@dataclass(frozen=True)
class Members:
    """Members by name, and how many keep theirs to themselves (counted up to MOST_COUNTED)."""

    page: Page[Member]
    unnamed: int


def first_members(actor: Actor, network_id: int, *, belongs: bool) -> Sequence[Member]:
    """Return the first named members, coordinators before the others."""
    if not actor.is_signed_in:
        return ()
    given = {"viewer": actor.person_id, "network": network_id}
    return [_seen(actor, row) for row in fetch(_first(kind_of(actor), belongs), given)]


def members_of(
    actor: Actor, network_id: int, *, belongs: bool, after: str | None = None
) -> Members:
    """Return a page of the named members in Swedish order, and the number of unnamed ones."""
    kind, last = kind_of(actor), sort_position(after)
    given = {"viewer": actor.person_id, "network": network_id} | last_values(last)
    rows = fetch(_listed(kind, belongs, goes_on=last is not None), given)
    ((count,),) = fetch(_unnamed(kind, belongs), given)
    page = page_of(rows, lambda row: (row.sort_key.hex(), row.id))
    return Members(Page([_seen(actor, row) for row in page.rows], page.after), count)


def _seen(actor: Actor, row: Any) -> Member:
    """Leave out what the person does not let the actor see."""
    suspended = row.suspended_at is not None
    audiences = reached(actor, row.id, near=bool(row.near), suspended=suspended)
    return Member(
        row.id,
        row.public_id,
        row.name,
        row.role,
        row.name_shown in audiences,
        row.headline if is_seen(row, "headline", audiences) else "",
        row.photo if is_seen(row, "photo", audiences) else None,
    )


@cache
def _first(kind: Kind, belongs: bool) -> Query:
    is_coordinator = case((Membership.role == "coordinator", 0), else_=1)
    query = _named(kind, belongs).order_by(is_coordinator, Person.sort_key, Person.id)
    return query.limit(FIRST)


@cache
def _listed(kind: Kind, belongs: bool, *, goes_on: bool) -> Query:
    query = _named(kind, belongs)
    if goes_on:
        query = query.where(beyond(Person.sort_key, Person.id, (LAST_KEY, LAST_ID)))
    return query.order_by(Person.sort_key, Person.id).limit(PAGE_SIZE + 1)


@cache
def _unnamed(kind: Kind, belongs: bool) -> Query:
    unnamed = _members(literal(1).label("one")).where(~_is_named_to(kind, belongs))
    return select(func.count()).select_from(unnamed.limit(MOST_COUNTED + 1).subquery())


def _named(kind: Kind, belongs: bool) -> Query:
    """Select named members, with what says who sees more of them than the name."""
    near = case((_is_near(kind, belongs), 1), else_=0).label("near")
    return _members(*COLUMNS, near).where(_is_named_to(kind, belongs))


def _members(*columns: Any) -> Query:
    members = select(*columns).select_from(Membership)
    joined = members.join(Person, Person.id == Membership.person_id)
    return joined.where(Membership.network_id == NETWORK, is_active())


def _is_named_to(kind: Kind, belongs: bool) -> ColumnElement[bool]:
    """Say that the viewer sees the name: members always know who coordinates."""
    shown = is_shown(stand_in(kind), Person, _is_near(kind, belongs))
    return or_(shown, Membership.role == "coordinator") if belongs else shown


def _is_near(kind: Kind, belongs: bool) -> ColumnElement[bool]:
    """Say who shares a network with the viewer: of this one all do, if they belong to it."""
    return true() if belongs else is_near(stand_in(kind), Person.id)
