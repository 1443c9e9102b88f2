"""The statements of the list of people, each built once for its shape."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Select, any_, func, select, tuple_, union

from portal.directory.queries.asking import Sight, near_ids
from portal.directory.queries.filters import Wish, bearers, bears, fits
from portal.kernel.db import Query
from portal.kernel.ordering import LAST_ID, LAST_KEY
from portal.kernel.paging import PAGE_SIZE
from portal.kernel.viewing import VIEWER, stand_in
from portal.people.models import FIELDS, Person
from portal.people.policy import reached

FETCHED = PAGE_SIZE + 1
SHOWN = ("headline", "municipality", "photo")
# What is read of a person: what a list shows, and what says who may see it.
READ = (
    "id",
    "public_id",
    "name",
    "sort_key",
    *SHOWN,
    "suspended_at",
    *(f"{field}_shown" for field in FIELDS),
)


class Shape(NamedTuple):
    """All that decides how a list's statement is written."""

    sight: Sight
    words: int
    wishes: tuple[Wish, ...]
    gathered_by: str | None  # the condition whose few people are gathered and sorted
    goes_on: bool
    sqlite: bool


@cache
def listed(shape: Shape) -> Query:
    """Build the statement of a page: rows of READ, and whether each is near the viewer."""
    if shape.gathered_by:
        people = _gathered(bearers(shape.gathered_by, shape.sight.kind), shape).c
        query = _narrowed(people, shape).where(shape.sight.sees(people))
        found: Any = _in_order(query, people, shape).subquery()
    else:
        parts = [select(part.subquery()) for part in _along_the_index(shape)]
        found = union(*parts).subquery()
    near = shape.sight.near(found.c).label("near")
    return select(*found.c, near).order_by(found.c.sort_key, found.c.id).limit(FETCHED)


def _along_the_index(shape: Shape) -> Iterator[Select[Any]]:
    """Follow those who may be seen in the order of an index, until a page is full."""
    viewer = stand_in(shape.sight.kind)
    if viewer.is_administrator or "municipality" in shape.wishes:
        # The index of a place is in that order, too.
        yield _in_order(_narrowed(Person, shape).where(shape.sight.sees(Person)), Person, shape)
        return
    far, close = reached(viewer, None, near=False), reached(viewer, None, near=True)
    yield _in_order(_narrowed(Person, shape).where(Person.id == VIEWER), Person, shape)
    for audience in sorted(far):
        active = (Person.name_shown == audience) & Person.suspended_at.is_(None)
        yield _in_order(_narrowed(Person, shape).where(active), Person, shape)
    yield _near(shape, sorted(close - far))


def _near(shape: Shape, audiences: list[str]) -> Select[Any]:
    """Follow those who show themselves to members of their networks, which are the viewer's too."""
    near = shape._replace(sight=replace(shape.sight, nearness="all"))
    people: Any = Person
    if shape.sight.nearness == "few":
        people = _gathered(select(near_ids().c.person_id), shape).c
    active = people.name_shown.in_(audiences) & people.suspended_at.is_(None)
    query = select(*_read(people)).where(active)
    if people is Person:
        query = query.where(shape.sight.near(people))
    return _in_order(query.where(*_conditions(people, near)), people, shape)


def _narrowed(people: Any, shape: Shape) -> Select[Any]:
    """Select those of `people` who fit all that is wished for."""
    return select(*_read(people)).where(*_conditions(people, shape))


def _read(people: Any) -> Iterator[Any]:
    return (getattr(people, name) for name in READ)


def _conditions(people: Any, shape: Shape) -> list[ColumnElement[bool]]:
    named = [bears(people.id, number) for number in range(shape.words)]
    return named + [fits(wish, shape.sight, people) for wish in shape.wishes]


def _in_order(query: Select[Any], people: Any, shape: Shape) -> Select[Any]:
    """Order by name and go on after the last one shown."""
    if shape.goes_on:
        query = query.where(tuple_(people.sort_key, people.id) > tuple_(LAST_KEY, LAST_ID))
    return query.order_by(people.sort_key, people.id).limit(FETCHED)


def _gathered(person_ids: Select[Any], shape: Shape) -> CTE:
    """Fetch people by number, once, before anything is asked of them or sorted."""
    query = select(*_read(Person))
    if shape.sqlite:
        found = person_ids.distinct().subquery()
        query = query.select_from(found).join(Person, Person.id == found.c.person_id)
    else:  # as an array, or PostgreSQL reads the whole table for a few hundred
        query = query.where(Person.id == any_(func.array(person_ids.scalar_subquery())))
    return query.cte("gathered").prefix_with("MATERIALIZED")
