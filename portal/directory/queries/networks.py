"""What a list of people is asked and filtered by: networks, kinds of relations, how many fit."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    Integer,
    LargeBinary,
    Select,
    String,
    cast,
    func,
    literal,
    null,
    select,
    true,
    union_all,
)

from portal.directory.queries.filters import Filters, MyNetwork, bearers
from portal.kernel.actors import Actor
from portal.kernel.db import Query, fetch, session
from portal.kernel.text import language
from portal.kernel.viewing import Kind, kind_of, stand_in
from portal.networks.models import Network
from portal.networks.queries import my_network_ids, network_ids_of
from portal.people.models import RelationKind
from portal.people.policy import sort_key
from portal.people.queries import in_columns

MOST_NAMED = 200
MOST_BEARERS = 6000  # who are counted, gathered and sorted; beyond it a page is soon full


@dataclass(frozen=True)
class Outlook:
    """The viewer's networks, the kinds of relations they may ask for (code and name), and how many
    people fit each condition (up to MOST_BEARERS + 1)."""

    networks: list[MyNetwork]
    kinds: list[tuple[str, str]]
    fitting: dict[str, int]


@dataclass(frozen=True)
class SharedNetwork:
    """A network where somebody and the one who looks at them both belong."""

    slug: str
    name: str


def outlook(actor: Actor, filters: Filters) -> Outlook:
    """Look at what the actor may choose from and count who fits each condition; one query.

    Of a network it is known how many belong to it.
    """
    wishes = tuple(wish for wish in filters.wishes if wish != "network")
    conditions = (("name",) if filters.words else ()) + wishes
    rows = fetch(
        _outlook(kind_of(actor), conditions), {"viewer": actor.person_id, **filters.values()}
    )
    networks = sorted((row for row in rows if row.id), key=lambda row: (row.sort_key, row.id))
    kinds = sorted((row for row in rows if row.code), key=lambda row: (row.position, row.code))
    return Outlook(
        [MyNetwork(row.id, row.slug, row.name, row.member_count) for row in networks],
        [(row.code, row.name if language() == "sv" else row.english) for row in kinds],
        dict(zip(conditions, rows[0], strict=False)),
    )


def shared_networks(actor: Actor, person_id: int) -> list[SharedNetwork]:
    """Return the networks where both are active members, in Swedish order."""
    return networks_from(session().execute(select_shared(actor, person_id)))


def select_shared(actor: Actor, person_id: int) -> Select[Any]:
    """Select the networks where both are active members, in the columns of a profile's parts."""
    query = in_columns("networks", key=Network.slug, label=Network.name)
    both = (Network.id.in_(my_network_ids(actor)), Network.id.in_(network_ids_of(person_id)))
    return query.where(*both)


def networks_from(rows: Iterable[Any]) -> list[SharedNetwork]:
    """Put the rows of `select_shared` in order, no more than can be shown."""
    found = [SharedNetwork(row.key, row.label) for row in rows]
    return sorted(found, key=lambda one: (sort_key(one.name), one.slug))[:MOST_NAMED]


@cache
def _outlook(kind: Kind, conditions: tuple[str, ...]) -> Query:
    """Build the query of an outlook: a column for each condition, a row for each network or kind."""
    counts = [_counted(condition, kind).label(condition) for condition in conditions]
    one = select(literal(1).label("one"), *counts).subquery()
    told = [one.c[condition] for condition in conditions]
    choices = union_all(select(_networks()), _kinds(kind)).subquery()
    query: Select[Any] = select(*told, *choices.c)
    return query.select_from(one).outerjoin(choices, true())


def _networks() -> Any:
    return (
        select(
            Network.id,
            Network.slug,
            Network.name,
            Network.member_count,
            Network.sort_key,
            cast(null(), String).label("code"),
            cast(null(), String).label("english"),
            cast(null(), Integer).label("position"),
        )
        .where(Network.id.in_(my_network_ids(stand_in("member"))))
        .order_by(Network.sort_key, Network.id)
        .limit(MOST_NAMED)
        .subquery()
    )


def _kinds(kind: Kind) -> Any:
    """Select the kinds of relations; only administrators may ask who looks for work."""
    query = select(
        cast(null(), Integer),
        cast(null(), String),
        RelationKind.name_sv,
        cast(null(), Integer),
        cast(null(), LargeBinary),
        RelationKind.code,
        RelationKind.name_en,
        RelationKind.position,
    ).where(RelationKind.retired_at.is_(None))
    return query if kind == "administrator" else query.where(~RelationKind.is_candidate)


def _counted(condition: str, kind: Kind) -> Any:
    """Count who fits a condition, no further than is worth knowing."""
    who = bearers(condition, kind).limit(MOST_BEARERS + 1).subquery()
    return select(func.count()).select_from(who).scalar_subquery()
