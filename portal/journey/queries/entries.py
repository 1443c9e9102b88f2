"""What has happened to a person: a page of it for themselves or for staff, some for networks."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.journey.policy import TELLINGS, Group, Thing, names_told
from portal.journey.queries import statements
from portal.journey.queries.statements import Shape
from portal.kernel.actors import Actor
from portal.kernel.db import fetch
from portal.kernel.ordering import last_values, time_position
from portal.kernel.paging import PAGE_SIZE, Page, page_of

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
    group: Group | None = None,
    between: Between | None = None,
    after: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[Happening]:
    """Return a page of what has happened to a person, latest first. Raises WrongCursor."""
    within, last = between or Between(), time_position(after)
    shape = Shape(
        names_told("me", group),
        by_name=group is not None,
        goes_on=last is not None,
        has_beginning=within.since is not None,
        has_end=within.until is not None,
    )
    given: dict[str, Any] = {"person": person_id, "limit": size + 1}
    given |= {"since": within.since} if within.since else {}
    given |= {"until": within.until} if within.until else {}
    return _page(shape, given | last_values(last), size)


def told_to_staff(
    viewer: Actor, person_id: int, today: date, after: str | None = None, size: int = PAGE_SIZE
) -> Page[Happening]:
    """Return a page of what our staff may know of a person, latest first. Raises WrongCursor."""
    last = time_position(after)
    shape = Shape(names_told("staff"), by_name=False, goes_on=last is not None, sight="staff")
    given: dict[str, Any] = {"person": person_id, "limit": size + 1}
    given |= {"viewer": viewer.person_id, "today": today}
    return _page(shape, given | last_values(last), size)


def _page(shape: Shape, given: dict[str, Any], size: int) -> Page[Happening]:
    rows = [_happening(*row) for row in fetch(statements.page(shape), given)]
    return page_of(rows, lambda row: (row.at.isoformat(), row.id), size)


def entry_of(person_id: int, fact_id: int) -> Happening | None:
    """Find one entry of somebody's own journey; None if it is somebody else's or has no line."""
    if fact_id >= 2**63:
        return None
    given = {"person": person_id, "fact": fact_id}
    rows = fetch(statements.one(names_told("me")), given)
    return _happening(*rows[0]) if rows else None


def told_to_network(person_id: int) -> list[Happening]:
    """Return the latest of what a person's networks may be told; one query.

    Who reads it sees the person's journey at all, and the things only as `naming` lets them.
    """
    shape = Shape(names_told("network"), by_name=True, sight="network")
    rows = fetch(statements.page(shape), {"person": person_id, "limit": LOOKED_AT})
    return [_happening(*row) for row in rows]


def _happening(number: int, name: str, at: datetime, body: dict[str, Any], *more: Any) -> Happening:
    about = TELLINGS[name].about
    thing_id = body.get(f"{about}_id") if about else None
    flags = (bool(more[0]), bool(more[1]), *more[2:]) if more else ()
    return Happening(number, name, at, about, thing_id, *flags)
