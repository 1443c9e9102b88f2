"""The networks of the one who looks, and those they share with somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Subquery, false, func, literal, select, true

from portal.directory.queries.words import MOST_BEARERS, begins, rarest_first
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.networks.models import Network
from portal.networks.queries import my_network_ids, network_ids_of

MOST_NAMED = 200


@dataclass(frozen=True)
class MyNetwork:
    """A network the actor belongs to."""

    id: int
    slug: str
    name: str
    member_count: int


@dataclass(frozen=True)
class Outlook:
    """What tells how a list is best asked for: one's networks, and how many bear the name."""

    networks: list[MyNetwork]
    bearers: int


def outlook(actor: Actor, name: str) -> Outlook:
    """Look at the actor's networks, in Swedish order, and count who bears the rarest word of `name`
    no further than MOST_BEARERS; one query."""
    near = (
        select(Network.id, Network.slug, Network.name, Network.member_count, Network.sort_key)
        .where(Network.id.in_(my_network_ids(actor)))
        .order_by(Network.sort_key, Network.id)
        .limit(MOST_NAMED)
        .subquery()
    )
    counted = select(func.count().label("bearers")).select_from(_bearers(name)).subquery()
    query = select(counted, *near.c).select_from(counted).outerjoin(near, true())
    rows = session().execute(query.order_by(near.c.sort_key, near.c.id)).all()
    return Outlook([MyNetwork(*row[1:5]) for row in rows if row.id is not None], rows[0].bearers)


def shared_networks(actor: Actor, person_id: int) -> Sequence[Any]:
    """Return slug and name of the networks where both are active members."""
    query = select(Network.slug, Network.name).where(
        Network.id.in_(my_network_ids(actor)), Network.id.in_(network_ids_of(person_id))
    )
    return session().execute(query.order_by(Network.sort_key, Network.id).limit(MOST_NAMED)).all()


def _bearers(name: str) -> Subquery:
    words = rarest_first(name)
    which = begins(words[0]) if words else false()
    return select(literal(1).label("one")).where(which).limit(MOST_BEARERS + 1).subquery()
