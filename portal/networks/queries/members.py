"""The people of a network, as far as each lets the one who looks see their name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, false, func, literal, or_, select, true

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.paging import PAGE_SIZE, Page, page_of
from portal.networks.models import Membership
from portal.networks.queries.belonging import is_active
from portal.networks.queries.listing import MOST_COUNTED
from portal.networks.queries.ordering import beyond, sort_position
from portal.people.models import Person
from portal.people.queries import is_shown

FIRST = 12


@dataclass(frozen=True)
class Members:
    """Members by name, and how many keep theirs to themselves (counted up to MOST_COUNTED)."""

    page: Page[Any]
    unnamed: int


def first_members(actor: Actor, network_id: int, *, belongs: bool) -> Sequence[Any]:
    """Return the first named members, coordinators before the others."""
    if not actor.is_signed_in:
        return ()
    is_coordinator = case((Membership.role == "coordinator", 0), else_=1)
    query = _named(actor, network_id, belongs).order_by(is_coordinator, Person.sort_key, Person.id)
    return session().execute(query.limit(FIRST)).all()


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
    return Members(page_of(rows, lambda row: (row.sort_key.hex(), row.id)), count)


def _named(actor: Actor, network_id: int, belongs: bool) -> Select[Any]:
    """Select named members; `profile` says whether the person's own page may be seen, too."""
    columns = (Person.id, Person.public_id, Person.name, Person.sort_key, Membership.role)
    profile = case((_shows_name(actor, belongs), 1), else_=0).label("profile")
    return _members(network_id, *columns, profile).where(_is_named_to(actor, belongs))


def _members(network_id: int, *columns: Any) -> Select[Any]:
    members = select(*columns).select_from(Membership)
    joined = members.join(Person, Person.id == Membership.person_id)
    return joined.where(Membership.network_id == network_id, is_active())


def _is_named_to(actor: Actor, belongs: bool) -> ColumnElement[bool]:
    """Say that the actor sees the name: members always know who coordinates."""
    shown = _shows_name(actor, belongs)
    return or_(shown, Membership.role == "coordinator") if belongs else shown


def _shows_name(actor: Actor, belongs: bool) -> ColumnElement[bool]:
    """Say that members show their name; who belongs here shares this network with all of them."""
    return is_shown(actor, Person, true() if belongs else false())
