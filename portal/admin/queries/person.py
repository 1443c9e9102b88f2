"""One person as administrators see them: who they are, and where they belong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    case,
    exists,
    func,
    select,
)
from sqlalchemy.orm import aliased

from portal.accounts.models import Account, UserSession
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.networks.models import Membership, Network
from portal.people.models import (
    EmailAddress,
    Person,
)
from portal.people.queries import administers, is_walled_off

MOST_NETWORKS = 200


@dataclass(frozen=True)
class Found:
    """A person, and what decides what may be done with them.

    `walled` says that the actor must not know whether they look for work, `browsers` at how many
    they are signed in.
    """

    person: Person
    account: Account | None
    walled: bool
    is_administrator: bool
    others_administer: bool
    browsers: int


def found_person(public_id: str, actor: Actor, at: datetime) -> Found | None:
    """Find a person by their public id, for administrators only."""
    if not actor.is_administrator:
        return None
    query = (
        select(
            Person,
            Account,
            case((is_walled_off(actor.person_id, Person.id, at.date()), 1), else_=0),
            case((administers(Person.id), 1), else_=0),
            case((_others_lead(), 1), else_=0),
            _open_sessions(at),
        )
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Person.public_id == public_id)
        .execution_options(populate_existing=True)
    )
    row = session().execute(query).one_or_none()
    if row is None:
        return None
    person, account, walled, leads, others, browsers = row
    return Found(person, account, bool(walled), bool(leads), bool(others), browsers)


def every_address_of(person_id: int) -> Sequence[EmailAddress]:
    """Return a person's addresses, the primary one first, then the proved ones."""
    query = (
        select(EmailAddress)
        .where(EmailAddress.person_id == person_id)
        .order_by(
            EmailAddress.is_primary.desc(),
            EmailAddress.verified_at.is_(None),
            EmailAddress.verified_at,
            EmailAddress.id,
        )
    )
    return session().scalars(query).all()


def memberships_of(person_id: int) -> Sequence[Any]:
    """Return where a person belongs or has asked to, in Swedish order."""
    query = (
        select(Network.slug, Network.name, Membership.role, Membership.began_at)
        .join(Membership, Membership.network_id == Network.id)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        .order_by(Network.sort_key, Network.id)
    )
    return session().execute(query.limit(MOST_NETWORKS)).all()


def _others_lead() -> Any:
    other = aliased(Person)
    return (
        exists()
        .where(other.id != Person.id, other.suspended_at.is_(None), administers(other.id))
        .correlate(Person)
    )


def _open_sessions(at: datetime) -> Any:
    query = select(func.count()).where(
        UserSession.person_id == Person.id,
        UserSession.ended_at.is_(None),
        UserSession.expires_at > at,
    )
    return query.correlate(Person).scalar_subquery()
