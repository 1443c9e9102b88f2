"""The people of a network, as far as each lets the one who looks see their name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, or_, select, true

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.paging import PAGE_SIZE, Page, page_of
from portal.networks.models import Membership
from portal.networks.queries.belonging import is_active, is_near
from portal.networks.queries.listing import MOST_COUNTED
from portal.networks.queries.ordering import beyond, sort_position
from portal.people.models import Person
from portal.people.policy import is_seen, reached
from portal.people.queries import is_shown

FIRST = 12
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
    is_coordinator = case((Membership.role == "coordinator", 0), else_=1)
    query = _named(actor, network_id, belongs).order_by(is_coordinator, Person.sort_key, Person.id)
    return [_seen(actor, row) for row in session().execute(query.limit(FIRST))]


def members_of(
    actor: Actor, network_id: int, *, belongs: bool, after: str | None = None
) -> Members:
    """Return a page of the named members in Swedish order, and the number of unnamed ones."""
    query = _named(actor, network_id, belongs)
    if key := sort_position(after):
        query = query.where(beyond(Person.sort_key, Person.id, key))
    query = query.order_by(Person.sort_key, Person.id).limit(PAGE_SIZE + 1)
    rows = session().execute(query).all()
    unnamed = _members(network_id, literal(1).label("one")).where(~_is_named_to(actor, belongs))
    capped = unnamed.limit(MOST_COUNTED + 1).subquery()
    count = session().scalar(select(func.count()).select_from(capped)) or 0
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


def _named(actor: Actor, network_id: int, belongs: bool) -> Select[Any]:
    """Select named members, with what says who sees more of them than the name."""
    near = case((_is_near(actor, belongs), 1), else_=0).label("near")
    return _members(network_id, *COLUMNS, near).where(_is_named_to(actor, belongs))


def _members(network_id: int, *columns: Any) -> Select[Any]:
    members = select(*columns).select_from(Membership)
    joined = members.join(Person, Person.id == Membership.person_id)
    return joined.where(Membership.network_id == network_id, is_active())


def _is_named_to(actor: Actor, belongs: bool) -> ColumnElement[bool]:
    """Say that the actor sees the name: members always know who coordinates."""
    shown = _shows_name(actor, belongs)
    return or_(shown, Membership.role == "coordinator") if belongs else shown


def _shows_name(actor: Actor, belongs: bool) -> ColumnElement[bool]:
    """Say that members show their name."""
    return is_shown(actor, Person, _is_near(actor, belongs))


def _is_near(actor: Actor, belongs: bool) -> ColumnElement[bool]:
    """Say who shares a network with the actor: of this one all do, if they belong to it."""
    return true() if belongs else is_near(actor, Person.id)
