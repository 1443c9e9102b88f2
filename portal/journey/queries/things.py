"""Things of each kind among some ids, as they are called now and as far as a reader may see them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, literal, or_, select, true

from portal.events.models import Event, Registration
from portal.events.queries import visible_to as visible_events
from portal.events.queries.visible import is_of_mine, may_be_seen_by
from portal.journey.models import Correction, Memory
from portal.journey.policy import Thing
from portal.journey.queries.reader import Reader
from portal.journey.queries.ties import NO_DAY, NOTHING
from portal.kernel.text import language
from portal.kernel.viewing import kind_of
from portal.networks.models import Network
from portal.networks.queries import belongs_to, my_network_ids
from portal.networks.queries import visible_to as visible_networks
from portal.openings.models import Opening
from portal.openings.queries.visible import visible_to as visible_openings
from portal.people.models import Organisation, Relation, RelationKind
from portal.people.queries import is_walled_off


def _networks(reader: Reader, ids: set[int]) -> Select[Any]:
    """Networks; to others only where the person still belongs and the reader sees who does."""
    query = visible_networks(reader.viewer)
    if reader.sight == "network":
        mine = or_(Network.id.in_(my_network_ids(reader.viewer)), _is_shared(reader))
        seen = true() if reader.viewer.is_administrator else (Network.visibility == "public") | mine
        query = select(Network).where(seen, belongs_to(reader.person_id, [Network.id]))
    query = query.where(Network.id.in_(ids))
    return _columns(query, "network", Network.id, Network.name, Network.slug)


def _events(reader: Reader, ids: set[int]) -> Select[Any]:
    """Events; to others only where the person has a place and the reader sees who comes."""
    query = visible_events(reader.viewer)
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
        known = or_(and_(may_be_seen_by(reader.viewer), guests), _is_shared(reader))
        seen = true() if reader.viewer.is_administrator else known
        query = select(Event).outerjoin(Network, Network.id == Event.network_id).where(seen, place)
    query = query.where(Event.id.in_(ids))
    return _columns(query, "event", Event.id, Event.title, Event.slug)


def _is_shared(reader: Reader) -> ColumnElement[bool]:
    """Say that a network is one where both belong, or that is looked at as if."""
    return Network.slug.in_(sorted(reader.shared))


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


THINGS: dict[Thing, Callable[[Reader, set[int]], Select[Any]]] = {
    "network": _networks,
    "event": _events,
    "opening": _openings,
    "relation": _relations,
    "memory": _memories,
    "correction": _corrections,
}
