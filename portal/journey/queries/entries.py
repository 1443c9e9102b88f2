"""What has happened to a person: a page of it for themselves and for staff, some for networks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.journey.policy import TELLINGS, Group, Sight, Thing, names_told
from portal.journey.queries import statements
from portal.journey.queries.statements import PERSON, Shape
from portal.kernel.actors import Actor
from portal.kernel.db import fetch, session
from portal.kernel.facts import FactRow
from portal.kernel.paging import PAGE_SIZE, Page, page_of
from portal.networks.queries import is_near
from portal.networks.queries.ordering import time_position
from portal.people.models import Person
from portal.people.policy import reached
from portal.people.queries import is_shown

LOOKED_AT = 40  # of which a reader in the network may not see all


@dataclass(frozen=True)
class Happening:
    """A fact about a person, the thing it is about, and what decides who else is told."""

    id: int
    name: str
    at: datetime
    about: Thing | None
    thing_id: int | None
    hidden: bool = False
    asked: bool = False
    name_shown: str = "nobody"
    journey_shown: str = "nobody"
    relations_shown: str = "nobody"


@dataclass(frozen=True)
class Between:
    """The instants between which a chapter lies; the end is not part of it."""

    since: datetime | None = None
    until: datetime | None = None


def happened(
    person_id: int,
    sight: Sight = "me",
    group: Group | None = None,
    between: Between | None = None,
    after: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[Happening]:
    """Return a page of what has happened to a person, latest first. Raises WrongCursor."""
    within, last = between or Between(), time_position(after)
    shape = Shape(
        names_told(sight, group),
        by_name=group is not None,
        goes_on=last is not None,
        has_beginning=within.since is not None,
        has_end=within.until is not None,
    )
    given: dict[str, Any] = {"person": person_id, "limit": size + 1}
    given |= {"since": within.since} if within.since else {}
    given |= {"until": within.until} if within.until else {}
    given |= {"last_at": last[0], "last_id": last[1]} if last else {}
    rows = [_happening(*row) for row in fetch(statements.page(shape), given)]
    return page_of(rows, lambda row: (row.at.isoformat(), row.id), size)


def entry_of(person_id: int, fact_id: int) -> Happening | None:
    """Find one entry of somebody's own journey; None if it is somebody else's or has no line."""
    if fact_id >= 2**63:
        return None
    given = {"person": person_id, "fact": fact_id}
    rows = fetch(statements.one(names_told("me")), given)
    return _happening(*rows[0]) if rows else None


@dataclass(frozen=True)
class ToldToNetwork:
    """What may be told to one reader: happenings, and the audiences the reader belongs to."""

    happenings: Sequence[Happening]
    audiences: frozenset[str]
    relations: bool


def told_to_network(viewer: Actor, person_id: int) -> ToldToNetwork:
    """Return the latest of what a person lets somebody else read of their journey; one query."""
    shape = Shape(names_told("network"), by_name=True, without_hidden=True)
    told, near = statements.lines(shape), is_near(viewer, Person.id)
    query = (
        select(
            told.c.fact_id,
            told.c.name,
            told.c.at,
            FactRow.body,
            near.label("near"),
            is_shown(viewer, Person, near, "relations").label("relations"),
        )
        .join(FactRow, FactRow.id == told.c.fact_id)
        .join(Person, Person.id == PERSON)
        .where(is_shown(viewer, Person, near, "journey"))
        .order_by(told.c.at.desc(), told.c.fact_id.desc())
    )
    rows = session().execute(query, {"person": person_id, "limit": LOOKED_AT}).all()
    if not rows:
        return ToldToNetwork((), frozenset(), relations=False)
    audiences = reached(viewer, person_id, near=bool(rows[0].near))
    happenings = [_happening(*row[:4]) for row in rows]
    return ToldToNetwork(happenings, audiences, bool(rows[0].relations))


def _happening(number: int, name: str, at: datetime, body: dict[str, Any], *more: Any) -> Happening:
    about = TELLINGS[name].about
    thing_id = body.get(f"{about}_id") if about else None
    flags = (bool(more[0]), bool(more[1]), *more[2:]) if more else ()
    return Happening(number, name, at, about, thing_id, *flags)
