"""The networks among which one may choose in the filter."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from portal.kernel.actors import Actor
from portal.kernel.db import Query, fetch
from portal.kernel.viewing import Kind, kind_of, stand_in
from portal.networks.models import Network
from portal.networks.queries import may_be_seen_by, my_network_ids

MOST_OFFERED = 12


def networks_to_choose(actor: Actor, ticked: Iterable[str]) -> Sequence[Any]:
    """Return id, slug and name of some networks the actor may know of: the ticked, their own,
    then the largest."""
    given = {"viewer": actor.person_id, "ticked": list(ticked)}
    rows = fetch(_to_choose(kind_of(actor)), given)
    return sorted(rows, key=lambda row: row.sort_key)


@cache
def _to_choose(kind: Kind) -> Query:
    viewer = stand_in(kind)
    is_ticked = Network.slug.in_(bindparam("ticked", expanding=True))
    order: list[Any] = [is_ticked.desc(), Network.member_count.desc(), Network.id]
    if kind != "visitor":
        order.insert(1, Network.id.in_(my_network_ids(viewer)).desc())
    query = select(Network.id, Network.slug, Network.name, Network.sort_key)
    return query.where(may_be_seen_by(viewer)).order_by(*order).limit(MOST_OFFERED)
