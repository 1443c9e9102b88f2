"""The networks among which one may choose in the filter."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam, or_, select, true

from portal.kernel.actors import Actor
from portal.kernel.db import Query, fetch
from portal.networks.models import Membership, Network
from portal.openings.queries.visible import VIEWER, Kind, kind_of

MOST_OFFERED = 12


def networks_to_choose(actor: Actor, ticked: Iterable[str]) -> Sequence[Any]:
    """Return id, slug and name of some networks the actor may know of: the ticked, their own,
    then the largest."""
    given = {"viewer": actor.person_id, "ticked": list(ticked)}
    rows = fetch(_to_choose(kind_of(actor)), given)
    return sorted(rows, key=lambda row: row.sort_key)


@cache
def _to_choose(kind: Kind) -> Query:
    mine = Network.id.in_(
        select(Membership.network_id).where(
            Membership.person_id == VIEWER,
            Membership.began_at.is_not(None),
            Membership.ended_at.is_(None),
        )
    )
    is_ticked = Network.slug.in_(bindparam("ticked", expanding=True))
    shown = {
        "visitor": Network.visibility != "hidden",
        "member": or_(Network.visibility != "hidden", mine),
        "administrator": true(),
    }[kind]
    order: list[Any] = [is_ticked.desc(), Network.member_count.desc(), Network.id]
    if kind != "visitor":
        order.insert(1, mine.desc())
    query = select(Network.id, Network.slug, Network.name, Network.sort_key).where(shown)
    return query.order_by(*order).limit(MOST_OFFERED)
