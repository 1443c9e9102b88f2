"""Addresses that reach nobody any more, or soon will not."""

from datetime import timedelta
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.sql.selectable import ScalarSelect

from portal.accounts.models import Account
from portal.kernel import clock
from portal.kernel.db import session
from portal.kernel.facts import FactSubject
from portal.kernel.mail import Mail
from portal.people.models import EmailAddress, Relation, RelationKind

REMEMBERED = timedelta(days=30)  # as long as mails are kept, which tell that one has arrived since


def refused_at() -> ScalarSelect[Any]:
    """Say when mails to the primary address of `Account`'s person last came back, if none went since."""
    arrived = exists().where(Mail.address == EmailAddress.address, Mail.sent_at > FactSubject.at)
    return (
        select(func.max(FactSubject.at))
        .join(EmailAddress, EmailAddress.id == FactSubject.subject_id)
        .where(
            EmailAddress.person_id == Account.person_id,
            EmailAddress.is_primary,
            FactSubject.kind == "address",
            FactSubject.name == "AddressRefused",
            FactSubject.at > clock.now() - REMEMBERED,
            ~arrived,
        )
        .correlate(Account)
        .scalar_subquery()
    )


def is_refused(person_id: int) -> bool:
    """Say whether mails to a person's primary address come back."""
    query = select(refused_at()).select_from(Account).where(Account.person_id == person_id)
    return session().scalar(query) is not None


def was_refused(address_id: int) -> bool:
    """Say whether a mail to an address has come back lately."""
    told = exists().where(
        FactSubject.kind == "address",
        FactSubject.subject_id == address_id,
        FactSubject.name == "AddressRefused",
        FactSubject.at > clock.now() - REMEMBERED,
    )
    return bool(session().scalar(select(told)))


def leaves_work(relation_id: int) -> bool:
    """Say whether a relation is one of work that ends, and no other one keeps the person there."""
    relation = session().get(Relation, relation_id)
    if relation is None or relation.ended_on is None or relation.corrected_at is not None:
        return False
    at_work = (
        select(Relation.id)
        .join(RelationKind, RelationKind.code == Relation.kind)
        .where(
            Relation.person_id == relation.person_id,
            Relation.organisation_id == relation.organisation_id,
            Relation.corrected_at.is_(None),
            RelationKind.is_colleague,
        )
    )
    ends = session().scalar(at_work.where(Relation.id == relation_id))
    goes_on = session().scalar(at_work.where(Relation.ended_on.is_(None)).limit(1))
    return ends is not None and goes_on is None
