"""Keep where people belong as colleagues, as it follows from relations, addresses and work."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import delete, insert, select

from portal.kernel.db import session
from portal.people.models import (
    Affiliation,
    EmailAddress,
    Organisation,
    Relation,
    RelationKind,
    Work,
)
from portal.people.policy import domain_keys, joins, organisation_keys, workplace_key
from portal.people.queries.finding import host

Found = Iterator[tuple[str, date | None]]


def renew_affiliations(person_id: int) -> None:
    """Write down anew where a person belongs; to be called when any of its sources has changed."""
    session().flush()
    until: dict[str, date | None] = {}
    for source in (_by_relations, _by_addresses, _by_work):
        for key, last in source(person_id):
            known = until.get(key, last)
            until[key] = max(known, last) if known and last else None
    ours = host()
    shared = set(organisation_keys(ours.id, ours.name, ours.domain)) if ours else set()
    session().execute(delete(Affiliation).where(Affiliation.person_id == person_id))
    rows = [
        {"person_id": person_id, "key": key, "until": last, "joins": joins(key, shared)}
        for key, last in until.items()
    ]
    if rows:
        session().execute(insert(Affiliation), rows)


def _by_relations(person_id: int) -> Found:
    query = (
        select(Organisation.id, Organisation.name, Organisation.domain, Relation.ended_on)
        .join(Relation, Relation.organisation_id == Organisation.id)
        .join(RelationKind, RelationKind.code == Relation.kind)
        .where(Relation.person_id == person_id, Relation.corrected_at.is_(None))
        .where(RelationKind.is_colleague)
    )
    for number, name, domain, ended_on in session().execute(query):
        for key in organisation_keys(number, name, domain):
            yield key, ended_on


def _by_addresses(person_id: int) -> Found:
    query = select(EmailAddress.folded).where(
        EmailAddress.person_id == person_id, EmailAddress.verified_at.is_not(None)
    )
    for address in session().scalars(query):
        for key in domain_keys(address.rpartition("@")[2]):
            yield key, None


def _by_work(person_id: int) -> Found:
    query = select(Work.workplace, Work.ended_on).where(Work.person_id == person_id)
    for workplace, ended_on in session().execute(query):
        if key := workplace_key(workplace):
            yield key, ended_on
