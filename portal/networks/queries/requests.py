"""Requests to join, for those who coordinate: what waits, and what became of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.paging import PAGE_SIZE, Page, page_of
from portal.networks.models import Membership, Network
from portal.networks.queries.belonging import coordinated_ids, is_waiting
from portal.networks.queries.ordering import beyond, time_position
from portal.people.models import Person


@dataclass(frozen=True)
class Request:
    """Somebody's wish to become a member, and the answer if there is one."""

    membership_id: int
    network_id: int
    slug: str
    network: str
    person_id: int
    public_id: str
    person: str
    motivation: str
    asked_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    ended_as: str | None
    reason: str
    decided_by: str | None

    @property
    def outcome(self) -> str:
        """Return "waiting", "approved", "declined" or "withdrawn"."""
        if self.began_at is not None:
            return "approved"
        return self.ended_as or "waiting"

    @property
    def decided_at(self) -> datetime | None:
        return self.began_at or self.ended_at

    def days_waited(self, at: datetime) -> int:
        """Return the number of whole days since it was asked."""
        return (at - self.asked_at).days


def waiting_for(
    actor: Actor, *, network_id: int | None = None, after: str | None = None
) -> Page[Request]:
    """Return who waits for the actor's answer, longest wait first: in one network or in all."""
    query = _requests(actor).where(is_waiting())
    if network_id is not None:
        query = query.where(Membership.network_id == network_id)
    if key := time_position(after):
        query = query.where(beyond(Membership.asked_at, Membership.id, key))
    query = query.order_by(Membership.asked_at, Membership.id).limit(PAGE_SIZE + 1)
    rows = [Request(*row) for row in session().execute(query)]
    return page_of(rows, lambda row: (row.asked_at.isoformat(), row.membership_id))


def request_of(actor: Actor, slug: str, public_id: str) -> Request | None:
    """Find a person's latest request, waiting or decided; None unless the actor coordinates."""
    query = _requests(actor).where(Network.slug == slug, Person.public_id == public_id)
    row = session().execute(query.order_by(Membership.id.desc()).limit(1)).one_or_none()
    return Request(*row) if row else None


def _requests(actor: Actor) -> Select[Any]:
    """Select the requests made to networks that the actor coordinates."""
    decider = aliased(Person)
    coordinated = coordinated_ids(actor.person_id)
    columns: tuple[Any, ...] = (
        Membership.id,
        Membership.network_id,
        Network.slug,
        Network.name,
        Person.id,
        Person.public_id,
        Person.name,
        Membership.motivation,
        Membership.asked_at,
        Membership.began_at,
        Membership.ended_at,
        Membership.ended_as,
        Membership.reason,
        decider.name,
    )
    return (
        select(*columns)
        .join(Network, Network.id == Membership.network_id)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(decider, decider.id == Membership.decided_by_id)
        .where(Membership.asked_at.is_not(None), Membership.network_id.in_(coordinated))
    )
