"""The things that something happened with, as they are called now and as far as one may see them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    false,
    literal,
    or_,
    select,
    true,
    union_all,
)

from portal.events.models import Event, Registration
from portal.events.queries import visible_to as visible_events
from portal.events.queries.visible import is_of_mine
from portal.journey.models import Correction, Memory
from portal.journey.policy import Sight, Thing
from portal.journey.queries.entries import Happening
from portal.journey.queries.ties import NO_DAY, NOTHING, TIE, Tie, ties
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.text import language
from portal.networks.models import Network
from portal.networks.queries import belongs_to, my_network_ids
from portal.networks.queries import visible_to as visible_networks
from portal.openings.models import Opening
from portal.openings.queries.visible import kind_of, values
from portal.openings.queries.visible import visible_to as visible_openings
from portal.people.models import Organisation, Relation, RelationKind
from portal.people.policy import EVERY_AUDIENCE
from portal.people.queries import is_walled_off


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


@dataclass(frozen=True)
class Reader:
    """Who reads whose journey, and how."""

    viewer: Actor
    person_id: int
    sight: Sight
    at: datetime
    audiences: frozenset[str] = EVERY_AUDIENCE
    relations: bool = True


Names = dict[tuple[Thing | None, int | None], Named]


def names_of(reader: Reader, happenings: Iterable[Happening]) -> Names:
    """Name the things that something happened with, as far as the reader may see them; one query."""
    return _named(reader, _parts(reader, happenings))[0]


def names_and_ties(reader: Reader, happenings: Iterable[Happening]) -> tuple[Names, list[Tie]]:
    """Return the names, and the person's relations that count, open and latest first; one query."""
    return _named(reader, [*_parts(reader, happenings), ties(reader.person_id)])


def _named(reader: Reader, parts: list[Select[Any]]) -> tuple[Names, list[Tie]]:
    names: Names = {}
    found: list[Tie] = []
    if parts:
        rows = session().execute(union_all(*parts), values(reader.viewer, reader.at))
        for thing, number, *told in rows:
            if thing == TIE:
                found.append(Tie(number, *told))
            else:
                names[thing, number] = Named(*told[:6])
    found.sort(key=lambda one: (one.ended_on is None, one.began_on, one.id), reverse=True)
    return names, found


def _parts(reader: Reader, happenings: Iterable[Happening]) -> list[Select[Any]]:
    wanted: dict[Thing, set[int]] = {}
    for one in happenings:
        if one.about and one.thing_id is not None:
            wanted.setdefault(one.about, set()).add(one.thing_id)
    return [_THINGS[thing](reader, ids) for thing, ids in wanted.items()]


def _networks(reader: Reader, ids: set[int]) -> Select[Any]:
    """Networks; to others only where the person still belongs and the reader sees who does."""
    query = visible_networks(reader.viewer).where(Network.id.in_(ids))
    if reader.sight == "network":
        inside = or_(Network.visibility == "public", Network.id.in_(my_network_ids(reader.viewer)))
        seen = true() if reader.viewer.is_administrator else inside
        query = query.where(seen, belongs_to(reader.person_id, [Network.id]))
    return _columns(query, "network", Network.id, Network.name, Network.slug)


def _events(reader: Reader, ids: set[int]) -> Select[Any]:
    """Events; to others only where the person has a place and the reader sees who comes."""
    query = visible_events(reader.viewer).where(Event.id.in_(ids))
    if reader.sight == "network":
        place = (
            select(Registration.id)
            .where(
                Registration.event_id == Event.id,
                Registration.person_id == reader.person_id,
                Registration.ended_at.is_(None),
            )
            .exists()
        )
        guests = or_(Event.network_id.is_(None), is_of_mine(reader.viewer))
        query = query.where(place, true() if reader.viewer.is_administrator else guests)
    return _columns(query, "event", Event.id, Event.title, Event.slug)


def _openings(reader: Reader, ids: set[int]) -> Select[Any]:
    query = visible_openings(kind_of(reader.viewer)).where(Opening.id.in_(ids))
    return _columns(query, "opening", Opening.id, Opening.title, Opening.slug)


def _relations(reader: Reader, ids: set[int]) -> Select[Any]:
    """Relations; to others only if they may be told of them: see `_may_know`."""
    kind = RelationKind.name_sv if language() == "sv" else RelationKind.name_en
    query = (
        select(Relation)
        .join(Organisation, Organisation.id == Relation.organisation_id)
        .join(RelationKind, RelationKind.code == Relation.kind)
        .where(Relation.person_id == reader.person_id, Relation.id.in_(ids), _may_know(reader))
    )
    shown = case((RelationKind.is_candidate, "nobody"), else_="members")
    corrected = case((Relation.corrected_at.is_not(None), "corrected"), else_=None)
    columns = (Organisation.name, NOTHING, Relation.kind, kind, shown, corrected)
    return _columns(query, "relation", Relation.id, *columns)


def _may_know(reader: Reader) -> ColumnElement[bool]:
    """Say that a relation may be told: of looking for work only to unwalled staff, and the network
    only of what is not corrected."""
    if reader.sight == "me":
        return true()
    if reader.sight == "staff":
        walled = is_walled_off(reader.viewer.person_id, reader.person_id, reader.at.date())
        return or_(RelationKind.is_candidate.is_(False), ~walled)
    told = and_(RelationKind.is_candidate.is_(False), Relation.corrected_at.is_(None))
    return told if reader.relations else false()


def _memories(reader: Reader, ids: set[int]) -> Select[Any]:
    query = select(Memory).where(Memory.person_id == reader.person_id, Memory.id.in_(ids))
    if reader.sight == "staff":
        query = query.where(Memory.shown != "nobody")
    elif reader.sight == "network":
        query = query.where(Memory.shown != "nobody", Memory.shown.in_(sorted(reader.audiences)))
    columns = (Memory.text, Memory.public_id, Memory.precision, NOTHING, Memory.shown)
    return _columns(query, "memory", Memory.id, *columns)


def _corrections(reader: Reader, ids: set[int]) -> Select[Any]:
    query = select(Correction).where(Correction.person_id == reader.person_id)
    # Staff read the words where they answer them, if they may: queries.corrections.
    words = Correction.text if reader.sight == "me" else literal("")
    query = query.where(Correction.id.in_(ids))
    return _columns(query, "correction", Correction.id, words, Correction.public_id)


def _columns(query: Any, thing: Thing, number: Any, *told: Any) -> Select[Any]:
    """Let a query give what, number, and the columns of Named; a tie has two days more."""
    filled = [*told, *[NOTHING] * (6 - len(told)), NOTHING, NO_DAY, NO_DAY]
    found: Select[Any] = query.with_only_columns(literal(thing), number, *filled)
    return found


_THINGS: dict[Thing, Callable[[Reader, set[int]], Select[Any]]] = {
    "network": _networks,
    "event": _events,
    "opening": _openings,
    "relation": _relations,
    "memory": _memories,
    "correction": _corrections,
}
