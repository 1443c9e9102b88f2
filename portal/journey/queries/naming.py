"""The things that something happened with, as they are called now and as far as one may see them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, union_all

from portal.journey.policy import Thing
from portal.journey.queries.entries import Happening
from portal.journey.queries.reader import Reader
from portal.journey.queries.things import THINGS
from portal.journey.queries.ties import FIRST_YEAR, TIE, Tie, first_year, ties
from portal.kernel.db import session
from portal.openings.queries.visible import values


@dataclass(frozen=True)
class Named:
    """A thing as it is called now.

    `variant` is the kind of a relation or how exactly a memory is dated; `kind` a relation's kind
    in words; `shown` who may read a memory, or "nobody" of a relation of one who looks for work;
    `corrected` says that a relation no longer counts.
    """

    name: str
    slug: str | None
    variant: str | None
    kind: str | None
    shown: str | None
    corrected: str | None


Names = dict[tuple[Thing | None, int | None], Named]


@dataclass
class Surroundings:
    """What a story needs besides what happened: relations that count, latest first, and its years."""

    names: Names = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)
    first_year: int | None = None


def names_of(reader: Reader, happenings: Iterable[Happening]) -> Names:
    """Name the things that something happened with, as far as the reader may see them; one query."""
    parts = _parts(reader, happenings)
    return _found(reader, parts).names if parts else {}


def surroundings(reader: Reader, happenings: Iterable[Happening]) -> Surroundings:
    """Return the names and what else a story needs; one query."""
    own = (ties(reader.person_id), first_year(reader.person_id))
    return _found(reader, [*_parts(reader, happenings), *own])


def _found(reader: Reader, parts: list[Select[Any]]) -> Surroundings:
    found = Surroundings()
    rows = session().execute(union_all(*parts), values(reader.viewer, reader.at))
    for thing, number, *told in rows:
        if thing == TIE:
            found.ties.append(Tie(number, *told))
        elif thing == FIRST_YEAR:
            found.first_year = number
        else:
            found.names[thing, number] = Named(*told[:6])
    found.ties.sort(key=lambda one: (one.ended_on is None, one.began_on, one.id), reverse=True)
    return found


def _parts(reader: Reader, happenings: Iterable[Happening]) -> list[Select[Any]]:
    wanted: dict[Thing, set[int]] = {}
    for one in happenings:
        if one.about and one.thing_id is not None:
            wanted.setdefault(one.about, set()).add(one.thing_id)
    return [THINGS[thing](reader, ids) for thing, ids in wanted.items()]
