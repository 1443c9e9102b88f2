"""The list of people in Swedish order: as cheap among a hundred thousand as among a hundred.

Few candidates (a rare name, a small network) are gathered and sorted. Where there are many, each
ground on which people may be seen is followed in the order of an index, and stops at a page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    LargeBinary,
    Select,
    any_,
    exists,
    func,
    literal,
    select,
    tuple_,
    union,
)

from portal.directory.queries.networks import MyNetwork, Outlook
from portal.directory.queries.visible import columns, grounds, may_be_seen_by
from portal.directory.queries.words import MOST_BEARERS, begins, rarest_first
from portal.kernel.actors import Actor
from portal.kernel.db import is_sqlite, session
from portal.kernel.paging import PAGE_SIZE, Page, page_of
from portal.networks.models import Membership
from portal.networks.queries import belongs_to
from portal.networks.queries.ordering import sort_position
from portal.people.models import NameWord, Person

MOST_GATHERED = 1500  # members, where nothing is known of their names


@dataclass(frozen=True)
class Filters:
    """What somebody looks for: beginnings of the words of a name, and one of their own networks."""

    name: str = ""
    network: MyNetwork | None = None

    @property
    def words(self) -> list[bytes]:
        return rarest_first(self.name)


def listed(actor: Actor, filters: Filters, outlook: Outlook, after: str | None = None) -> Page[Any]:
    """Return a page of the people the actor may see."""
    few = _few(filters, outlook.bearers)
    if few is not None:
        query = _after(_narrowed(few.c, filters).where(may_be_seen_by(actor, few.c)), few.c, after)
    else:
        parts = [
            select(part.subquery()) for part in _in_order(actor, filters, outlook.networks, after)
        ]
        found = union(*parts).subquery()
        query = select(found).order_by(found.c.sort_key, found.c.id).limit(PAGE_SIZE + 1)
    rows = session().execute(query).all()
    return page_of(rows, lambda row: (row.sort_key.hex(), row.id))


def _few(filters: Filters, bearers: int) -> CTE | None:
    """Gather those who bear the rarest word, or belong to the network, if they are few."""
    if filters.words and bearers <= MOST_BEARERS:
        return _gathered(select(NameWord.person_id).where(begins(filters.words[0])))
    if filters.network and filters.network.member_count <= MOST_GATHERED:
        return _gathered(_members([filters.network.id], filters.words))
    return None


def _in_order(
    actor: Actor, filters: Filters, mine: Sequence[MyNetwork], after: str | None
) -> Iterator[Select[Any]]:
    """Follow each ground in the order of the list, until a page is full."""
    for ground in grounds(actor, Person)[:2]:  # the third is followed below, network by network
        yield _after(_narrowed(Person, filters).where(ground), Person, after)
    near = [network for network in mine if filters.network in (None, network)]
    if actor.is_administrator or not near:
        return
    most = MOST_BEARERS if filters.words else MOST_GATHERED
    people: Any = Person
    if sum(network.member_count for network in near) <= most:
        people = _gathered(_members([network.id for network in near], filters.words)).c
        query = _narrowed(people, filters)
    else:
        query = _narrowed(Person, Filters(filters.name))
        query = query.where(belongs_to(Person.id, [network.id for network in near]))
    seen = query.where(people.name_shown == "networks", people.suspended_at.is_(None))
    yield _after(seen, people, after)


def _narrowed(people: Any, filters: Filters) -> Select[Any]:
    """Select those of `people` who fit the filters."""
    query = select(*columns(people))
    for word in filters.words:
        query = query.where(_bears(people.id, word))
    if filters.network:
        query = query.where(belongs_to(people.id, [filters.network.id]))
    return query


def _after(query: Select[Any], people: Any, after: str | None) -> Select[Any]:
    """Order by name and go on after the last one shown."""
    if key := sort_position(after):
        last = tuple_(literal(key[0], LargeBinary), literal(key[1]))
        query = query.where(tuple_(people.sort_key, people.id) > last)
    return query.order_by(people.sort_key, people.id).limit(PAGE_SIZE + 1)


def _gathered(person_ids: Select[Any]) -> CTE:
    """Fetch people by number, once, before anything is asked of them or sorted."""
    query = select(*columns(Person), Person.name_shown, Person.suspended_at)
    if is_sqlite():
        found = person_ids.distinct().subquery()
        query = query.select_from(found).join(Person, Person.id == found.c.person_id)
    else:  # as an array, or PostgreSQL reads the whole table for a few hundred
        query = query.where(Person.id == any_(func.array(person_ids.scalar_subquery())))
    return query.cte("gathered").prefix_with("MATERIALIZED")


def _members(network_ids: list[int], words: list[bytes]) -> Select[Any]:
    """Select the members of networks; those who bear other names are not even looked up."""
    query = select(Membership.person_id).where(
        Membership.network_id.in_(network_ids),
        Membership.began_at.is_not(None),
        Membership.ended_at.is_(None),
    )
    return query.where(*(_bears(Membership.person_id, word) for word in words))


def _bears(person_id: Any, word: bytes) -> ColumnElement[bool]:
    return exists().where(NameWord.person_id == person_id, begins(word))
