"""What a person can choose about, and how they have chosen so far."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.networks.models import Membership, Network
from portal.networks.queries.belonging import is_active
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
    query = _mine(actor).order_by(Network.sort_key, Network.id)
    if slug is not None:
        query = query.where(Network.slug == slug)
    return [MyNetwork(*row) for row in session().execute(query)]


def my_network(actor: Actor, network_id: int) -> MyNetwork | None:
    """Return one network if the actor belongs to it."""
    row = session().execute(_mine(actor).where(Network.id == network_id)).one_or_none()
    return MyNetwork(*row) if row else None


def rhythm_of(person_id: int) -> Rhythm | None:
    """Return when a person is written to; None when they have never said."""
    return session().get(Rhythm, person_id, populate_existing=True)


def _mine(actor: Actor) -> Any:
    person_id = actor.person_id
    is_muted = exists().where(
        MutedNetwork.person_id == person_id, MutedNetwork.network_id == Network.id
    )
    has_choices = exists().where(
        Choice.person_id == person_id, Choice.network_id == Network.id, Choice.ended_at.is_(None)
    )
    return (
        select(
            Network.id,
            Network.slug,
            Network.name,
            Membership.role,
            is_muted,
            has_choices,
        )
        .join(Membership, Membership.network_id == Network.id)
        .where(Membership.person_id == person_id, is_active())
    )
