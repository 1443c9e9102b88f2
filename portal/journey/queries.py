"""What a person's own page shows: who they are, where they belong, what has happened to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Select, literal, null, select, tuple_, union_all

from portal.events.models import Event
from portal.events.queries import visible_to as visible_events
from portal.journey.policy import TELLINGS, Thing
from portal.kernel.actors import Actor
from portal.kernel.db import UTCDateTime, session
from portal.kernel.facts import FactRow, FactSubject
from portal.kernel.paging import PAGE_SIZE, Page, page_of
from portal.networks.models import Membership, Network
from portal.networks.queries import visible_to as visible_networks
from portal.networks.queries.ordering import time_position
from portal.openings.models import Opening
from portal.openings.queries.visible import kind_of, values
from portal.openings.queries.visible import visible_to as visible_openings
from portal.people.models import Organisation, Person, Relation

MOST_NETWORKS = 100


@dataclass(frozen=True)
class Happening:
    """A fact about a person, and the thing it is about."""

    id: int
    name: str
    at: datetime
    about: Thing | None
    thing_id: int | None


@dataclass(frozen=True)
class Named:
    """A thing as it is called now; `variant` is the kind of a relation."""

    name: str
    slug: str | None
    variant: str | None


def myself(actor: Actor) -> Person:
    """Return the person who is signed in."""
    return session().get_one(Person, actor.person_id)


def my_memberships(actor: Actor) -> Sequence[Any]:
    """Return where the actor belongs or has asked to, requests first, then in Swedish order."""
    query = (
        select(
            Network.slug, Network.name, Membership.role, Membership.asked_at, Membership.began_at
        )
        .join(Membership, Membership.network_id == Network.id)
        .where(Membership.person_id == actor.person_id, Membership.ended_at.is_(None))
        .order_by(Membership.began_at.is_not(None), Network.sort_key, Network.id)
    )
    return session().execute(query.limit(MOST_NETWORKS)).all()


def happened(actor: Actor, after: str | None = None) -> Page[Happening]:
    """Return a page of what has happened to the actor, latest first."""
    query = (
        select(FactRow.id, FactRow.name, FactRow.at, FactRow.body)
        .join(FactSubject, FactSubject.fact_id == FactRow.id)
        .where(
            FactSubject.kind == "person",
            FactSubject.subject_id == actor.person_id,
            FactRow.name.in_(TELLINGS),
        )
    )
    if key := time_position(after):
        last = tuple_(literal(key[0], UTCDateTime), literal(key[1], BigInteger))
        query = query.where(tuple_(FactRow.at, FactRow.id) < last)
    query = query.order_by(FactRow.at.desc(), FactRow.id.desc()).limit(PAGE_SIZE + 1)
    rows = [_happening(*row) for row in session().execute(query)]
    return page_of(rows, lambda row: (row.at.isoformat(), row.id))


def names_of(
    actor: Actor, happenings: Iterable[Happening], at: datetime
) -> dict[tuple[Thing | None, int | None], Named]:
    """Name the things that something happened with, as far as the actor may see them; one query."""
    wanted: dict[Thing, set[int]] = {}
    for one in happenings:
        if one.about and one.thing_id is not None:
            wanted.setdefault(one.about, set()).add(one.thing_id)
    parts = [_names(thing, ids, actor) for thing, ids in wanted.items()]
    if not parts:
        return {}
    rows = session().execute(union_all(*parts), values(actor, at)).all()
    return {(thing, number): Named(name, slug, kind) for thing, number, name, slug, kind in rows}


def _happening(number: int, name: str, at: datetime, body: dict[str, Any]) -> Happening:
    about = TELLINGS[name].about
    return Happening(number, name, at, about, body.get(f"{about}_id") if about else None)


def _names(thing: Thing, ids: set[int], actor: Actor) -> Select[Any]:
    """Select what, number, name, slug and variant of things of one kind."""
    if thing == "relation":
        organisation = Organisation.id == Relation.organisation_id
        query: Any = select(literal(thing), Relation.id, Organisation.name, null(), Relation.kind)
        mine = Relation.person_id == actor.person_id
        of_mine: Select[Any] = query.join(Organisation, organisation).where(mine)
        return of_mine.where(Relation.id.in_(ids))
    seen: dict[Thing, tuple[Any, Any, Any]] = {
        "network": (visible_networks(actor), Network, Network.name),
        "event": (visible_events(actor), Event, Event.title),
        "opening": (visible_openings(kind_of(actor)), Opening, Opening.title),
    }
    query, kind, name = seen[thing]
    found: Select[Any] = query.where(kind.id.in_(ids))
    return found.with_only_columns(literal(thing), kind.id, name, kind.slug, null())
