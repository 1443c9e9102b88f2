"""One network, with what the actor has to do with it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, select

from portal.kernel.actors import Actor
from portal.kernel.db import Query, session
from portal.kernel.viewing import VIEWER, Kind, kind_of, stand_in
from portal.networks.models import Membership, Network
from portal.networks.queries.belonging import is_active
from portal.networks.queries.visible import visible_to


@dataclass(frozen=True)
class Found:
    """A network, the actor's latest membership in it, and whether somebody else coordinates it."""

    network: Network
    membership: Membership | None
    others_coordinate: bool


def found_network(slug: str, actor: Actor) -> Found | None:
    """Find one network by its address, in one query; None if the actor may not know of it."""
    given = {"slug": slug, "viewer": actor.person_id or 0}
    row = session().execute(_found(kind_of(actor)), given).one_or_none()
    return Found(row[0], row[1], bool(row[2])) if row else None


def others_coordinate(actor: Actor, network_id: int) -> bool:
    """Say whether somebody else coordinates the network; holds the network's row while one acts."""
    session().execute(
        select(Network.id).where(Network.id == network_id).with_for_update(key_share=True)
    )
    others = _others_coordinate(actor.person_id or 0)
    query = select(others).select_from(Network).where(Network.id == network_id)
    return bool(session().scalar(query))


def coordinator_ids(network_id: int) -> list[int]:
    """Return who coordinates a network."""
    query = select(Membership.person_id).where(
        Membership.network_id == network_id, Membership.role == "coordinator", is_active()
    )
    return list(session().scalars(query.order_by(Membership.id)))


@cache
def _found(kind: Kind) -> Query:
    latest = (
        select(Membership.id)
        .where(Membership.network_id == Network.id, Membership.person_id == VIEWER)
        .order_by(Membership.ended_at.is_not(None), Membership.id.desc())
        .limit(1)
        .correlate(Network)
        .scalar_subquery()
    )
    return (
        visible_to(stand_in(kind))
        .where(Network.slug == bindparam("slug"))
        .add_columns(Membership, _others_coordinate(VIEWER))
        # A visitor has none; to join on false, SQLite would read the whole table.
        .outerjoin(Membership, Membership.id == (0 if kind == "visitor" else latest))
        .execution_options(populate_existing=True)
    )


def _others_coordinate(person_id: Any) -> ColumnElement[bool]:
    other = Membership.__table__.alias("other")
    return (
        exists()
        .where(
            other.c.network_id == Network.id,
            other.c.person_id != person_id,
            other.c.role == "coordinator",
            is_active(other.c),
        )
        .correlate(Network)
    )
