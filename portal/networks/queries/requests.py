"""Requests to join, for those who coordinate: what waits, and what became of one."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import aliased

from portal.kernel.actors import Actor
from portal.kernel.db import Query, fetch
from portal.kernel.ordering import (
    LAST_AT,
    LAST_ID,
    beyond,
    last_values,
    time_position,
)
from portal.kernel.paging import PAGE_SIZE, Page, page_of
from portal.kernel.viewing import VIEWER
from portal.networks.models import Membership, Network
from portal.networks.queries.belonging import coordinated_ids, is_waiting
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
    last = time_position(after)
    query = _waiting(in_network=network_id is not None, goes_on=last is not None)
    given = {"viewer": actor.person_id, "network": network_id} | last_values(last)
    rows = [Request(*row) for row in fetch(query, given)]
    return page_of(rows, lambda row: (row.asked_at.isoformat(), row.membership_id))


def request_of(actor: Actor, slug: str, public_id: str) -> Request | None:
    """Find a person's latest request, waiting or decided; None unless the actor coordinates."""
    given = {"viewer": actor.person_id, "slug": slug, "public_id": public_id}
    rows = fetch(_latest(), given)
    return Request(*rows[0]) if rows else None


@cache
def _waiting(*, in_network: bool, goes_on: bool) -> Query:
    query = _requests().where(is_waiting())
    if in_network:
        query = query.where(Membership.network_id == bindparam("network", type_=Integer()))
    if goes_on:
        query = query.where(beyond(Membership.asked_at, Membership.id, (LAST_AT, LAST_ID)))
    return query.order_by(Membership.asked_at, Membership.id).limit(PAGE_SIZE + 1)


@cache
def _latest() -> Query:
    one = (Network.slug == bindparam("slug"), Person.public_id == bindparam("public_id"))
    return _requests().where(*one).order_by(Membership.id.desc()).limit(1)


def _requests() -> Query:
    """Select the requests made to networks that the viewer coordinates."""
    decider = aliased(Person)
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
        .where(Membership.asked_at.is_not(None), Membership.network_id.in_(coordinated_ids(VIEWER)))
    )
