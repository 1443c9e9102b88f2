"""What a person can choose about, and how they have chosen so far."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from sqlalchemy import bindparam, exists, select

from portal.kernel.actors import Actor
from portal.kernel.db import Query, fetch, session
from portal.kernel.viewing import VIEWER
from portal.networks.models import Membership, Network
from portal.networks.queries import is_active
from portal.notifications.models import Choice, MutedNetwork, Rhythm


@dataclass(frozen=True)
class MyNetwork:
    """A network that the person belongs to, and what they want to hear of it."""

    id: int
    slug: str
    name: str
    role: str
    is_muted: bool
    has_choices: bool


def my_networks(actor: Actor, slug: str | None = None) -> list[MyNetwork]:
    """Return the actor's networks by name, or the one at an address."""
    given = {"viewer": actor.person_id, "slug": slug}
    return [MyNetwork(*row) for row in fetch(_mine("all" if slug is None else "slug"), given)]


def my_network(actor: Actor, network_id: int) -> MyNetwork | None:
    """Return one network if the actor belongs to it."""
    rows = fetch(_mine("id"), {"viewer": actor.person_id, "id": network_id})
    return MyNetwork(*rows[0]) if rows else None


def rhythm_of(person_id: int) -> Rhythm | None:
    """Return when a person is written to; None when they have never said."""
    return session().get(Rhythm, person_id, populate_existing=True)


@cache
def _mine(which: Literal["all", "slug", "id"]) -> Query:
    is_muted = exists().where(
        MutedNetwork.person_id == VIEWER, MutedNetwork.network_id == Network.id
    )
    has_choices = exists().where(
        Choice.person_id == VIEWER, Choice.network_id == Network.id, Choice.ended_at.is_(None)
    )
    columns = (Network.id, Network.slug, Network.name, Membership.role, is_muted, has_choices)
    query: Query = (
        select(*columns)
        .join(Membership, Membership.network_id == Network.id)
        .where(Membership.person_id == VIEWER, is_active())
    )
    if which == "all":
        return query.order_by(Network.sort_key, Network.id)
    return query.where(getattr(Network, which) == bindparam(which))
