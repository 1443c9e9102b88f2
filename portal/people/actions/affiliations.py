"""Keep where people belong as colleagues, as it follows from relations, addresses and work."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import delete, insert, or_, select

from portal.kernel.db import session
from portal.people.models import (
    Affiliation,
    EmailAddress,
    Organisation,
    Person,
    Relation,
    RelationKind,
    Work,
)
from portal.people.policy import domain_keys, joins, organisation_keys, workplace_key
from portal.people.policy.belonging import says_nothing, workplace_of_domain
from portal.people.queries.finding import host

AT_ONCE = 200
NO_END = date.max

# Who belongs where, and until when: the last day of it, NO_END when none is known.
Found = Iterator[tuple[int, str, date]]
Belonging = dict[tuple[int, str], date]


def renew_affiliations(*person_ids: int) -> None:
    """Write down anew where people belong; to be called when any of its sources has changed."""
    session().flush()
    ours = host()
    shared = set(organisation_keys(ours.id, ours.name, ours.domain)) if ours else set()
    everybody = sorted(set(person_ids))
    for start in range(0, len(everybody), AT_ONCE):
        _renew(everybody[start : start + AT_ONCE], shared)


def _renew(person_ids: Sequence[int], shared: set[str]) -> None:
    # Two acts of one person at the same time: the later one waits, and then sees what both did.
    held = select(Person.id).where(Person.id.in_(person_ids)).order_by(Person.id)
    session().execute(held.with_for_update(key_share=True))
    found: Belonging = {}
    for source in SOURCES:
        _add(found, source(person_ids))
    _add(found, _by_organisations(dict(found)))
    session().execute(delete(Affiliation).where(Affiliation.person_id.in_(person_ids)))
    rows = [
        {
            "person_id": person_id,
            "key": key,
            "until": None if last == NO_END else last,
            "joins": joins(key, shared),
        }
        for (person_id, key), last in sorted(found.items())
    ]
    if rows:
        session().execute(insert(Affiliation), rows)


def _add(found: Belonging, more: Found) -> None:
    """Add what a source tells; of two ends the later one counts."""
    for person_id, key, last in more:
        found[person_id, key] = max(found.get((person_id, key), last), last)


def _by_relations(person_ids: Sequence[int]) -> Found:
    query = (
        select(
            Relation.person_id,
            Organisation.id,
            Organisation.name,
            Organisation.domain,
            Relation.ended_on,
        )
        .join(Organisation, Organisation.id == Relation.organisation_id)
        .join(RelationKind, RelationKind.code == Relation.kind)
        .where(Relation.person_id.in_(person_ids), Relation.corrected_at.is_(None))
        .where(RelationKind.is_colleague)
    )
    for person_id, number, name, domain, ended_on in session().execute(query):
        for key in organisation_keys(number, name, domain):
            yield person_id, key, ended_on or NO_END


def _by_addresses(person_ids: Sequence[int]) -> Found:
    query = select(EmailAddress.person_id, EmailAddress.folded).where(
        EmailAddress.person_id.in_(person_ids), EmailAddress.verified_at.is_not(None)
    )
    for person_id, address in session().execute(query):
        domain = address.rpartition("@")[2]
        keys = domain_keys(domain)
        for key in keys:
            yield person_id, key, NO_END
        workplace = workplace_of_domain(domain)
        if workplace and not any(map(says_nothing, keys)):
            yield person_id, workplace, NO_END


def _by_work(person_ids: Sequence[int]) -> Found:
    query = select(Work.person_id, Work.workplace, Work.ended_on).where(
        Work.person_id.in_(person_ids)
    )
    for person_id, workplace, ended_on in session().execute(query):
        if key := workplace_key(workplace):
            yield person_id, key, _end_of_month(ended_on) if ended_on else NO_END


def _by_organisations(found: Belonging) -> Found:
    """Give those who have an organisation's name or domain its other keys, too.

    So the one who writes where they work and the one who has an address there are colleagues.
    """
    names = {key.removeprefix("name:") for _id, key in found if key.startswith("name:")}
    owned = {key for _id, key in found if key.startswith("domain:") and not says_nothing(key)}
    domains = {key.removeprefix("domain:") for key in owned}
    known = or_(Organisation.name_key.in_(names), Organisation.domain.in_(domains))
    query = select(Organisation.id, Organisation.name, Organisation.domain).where(known)
    alike: dict[str, set[str]] = {}
    for number, name, domain in session().execute(query):
        keys = organisation_keys(number, name, domain)
        for key in keys:
            alike.setdefault(key, set()).update(keys)
    for (person_id, key), last in found.items():
        for other in alike.get(key, ()):
            yield person_id, other, last


def _end_of_month(day: date) -> date:
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following - timedelta(days=1)


SOURCES: tuple[Callable[[Sequence[int]], Found], ...] = (_by_relations, _by_addresses, _by_work)
