"""One person as administrators see them: who they are, where they belong, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Select,
    String,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import aliased

from portal.accounts.models import Account, UserSession
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.networks.models import Membership, Network
from portal.people.models import (
    EmailAddress,
    Organisation,
    Person,
    Relation,
    RelationKind,
    Role,
    Suspension,
)
from portal.people.queries import is_walled_off

MOST_NETWORKS, MOST_STAFF = 200, 300


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


@dataclass(frozen=True)
class Decided:
    """A duty or a suspension: `what` is the duty's name, or "suspension"."""

    what: str
    reason: str
    began_at: datetime
    ended_at: datetime | None
    by: str | None


@dataclass(frozen=True)
class RelationRow:
    """A relation as it is written, with the one it corrects."""

    relation: Relation
    name_sv: str
    name_en: str
    is_candidate: bool
    organisation: str
    organisation_kind: str
    owner: str | None

    # As directory.policy.stretches reads them.
    @property
    def title(self) -> str:
        return self.relation.title

    @property
    def began_on(self) -> date:
        return self.relation.began_on

    @property
    def ended_on(self) -> date | None:
        return self.relation.ended_on


def found_person(public_id: str, actor: Actor, at: datetime) -> Found | None:
    """Find a person by their public id, for administrators only."""
    if not actor.is_administrator:
        return None
    query = (
        select(
            Person,
            Account,
            case((is_walled_off(actor.person_id, Person.id, at.date()), 1), else_=0),
            case((_leads(Person.id), 1), else_=0),
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


def every_relation_of(person_id: int, *, walled: bool) -> list[RelationRow]:
    """Return all that is and was written of a person's relations, the latest first.

    From behind the wall, those of somebody who looks for work are not there.
    """
    query = _relations().where(Relation.person_id == person_id, _known(walled))
    query = query.order_by(
        Relation.ended_on.is_not(None), Relation.began_on.desc(), Relation.id.desc()
    )
    return [RelationRow(*row) for row in session().execute(query)]


def found_relation(person_id: int, number: int, *, walled: bool) -> RelationRow | None:
    """Find one of a person's relations; from behind the wall, one that tells of nothing hidden."""
    if number > 2**31 - 1:
        return None
    query = _relations().where(
        Relation.id == number, Relation.person_id == person_id, _known(walled)
    )
    row = session().execute(query.execution_options(populate_existing=True)).one_or_none()
    return RelationRow(*row) if row else None


def decisions_about(person_id: int) -> Sequence[Decided]:
    """Return when a person had duties and when they were suspended, the latest first; one query."""
    by = aliased(Person)
    roles = select(Role.name, literal(""), Role.began_at, Role.ended_at, cast(null(), String))
    suspensions = (
        select(
            literal("suspension"),
            Suspension.reason,
            Suspension.began_at,
            Suspension.ended_at,
            by.name,
        )
        .outerjoin(by, by.id == Suspension.by_id)
        .where(Suspension.person_id == person_id)
    )
    both = union_all(roles.where(Role.person_id == person_id), suspensions)
    rows = [Decided(*row) for row in session().execute(both)]
    return sorted(rows, key=lambda one: one.began_at, reverse=True)


def staff(today: date) -> Sequence[Any]:
    """Return id and name of those of ours who may look after a relation: administrators, employees."""
    leads = select(Role.person_id).where(Role.name == "administrator", Role.ended_at.is_(None))
    works = (
        select(Relation.person_id)
        .join(Organisation, Organisation.id == Relation.organisation_id)
        .where(
            Organisation.kind == "host",
            Relation.kind == "employee",
            Relation.corrected_at.is_(None),
            Relation.began_on <= today,
            or_(Relation.ended_on.is_(None), Relation.ended_on >= today),
        )
    )
    query = select(Person.id, Person.name).where(
        Person.id.in_(union(leads, works)), Person.suspended_at.is_(None)
    )
    return session().execute(query.order_by(Person.sort_key, Person.id).limit(MOST_STAFF)).all()


def who_has_signed_in(*person_ids: int) -> frozenset[int]:
    """Return which of these people have ever signed in, and so could choose anything."""
    query = select(Account.person_id).where(
        Account.person_id.in_(person_ids), Account.last_sign_in_at.is_not(None)
    )
    return frozenset(session().scalars(query))


def _relations() -> Select[Any]:
    owner = aliased(Person)
    columns: tuple[Any, ...] = (
        Relation,
        RelationKind.name_sv,
        RelationKind.name_en,
        RelationKind.is_candidate,
        Organisation.name,
        Organisation.kind,
        owner.name,
    )
    return (
        select(*columns)
        .join(Organisation, Organisation.id == Relation.organisation_id)
        .join(RelationKind, RelationKind.code == Relation.kind)
        .outerjoin(owner, owner.id == Relation.owner_id)
    )


def _known(walled: bool) -> Any:
    return RelationKind.is_candidate == false() if walled else RelationKind.code == Relation.kind


def _leads(person_id: Any) -> Any:
    held = aliased(Role)
    return exists().where(
        held.person_id == person_id, held.name == "administrator", held.ended_at.is_(None)
    )


def _others_lead() -> Any:
    other = aliased(Person)
    return (
        exists()
        .where(other.id != Person.id, other.suspended_at.is_(None), _leads(other.id))
        .correlate(Person)
    )


def _open_sessions(at: datetime) -> Any:
    query = select(func.count()).where(
        UserSession.person_id == Person.id,
        UserSession.ended_at.is_(None),
        UserSession.expires_at > at,
    )
    return query.correlate(Person).scalar_subquery()
