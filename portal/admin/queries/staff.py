"""Those of ours who may look after a relation, and who has ever signed in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select, union

from portal.accounts.models import Account
from portal.kernel.db import session
from portal.people.models import Organisation, Person, Relation
from portal.people.queries import administrator_ids

MOST_STAFF = 300


def staff(today: date) -> Sequence[Any]:
    """Return id and name of those of ours who may look after a relation: administrators, employees."""
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
        Person.id.in_(union(administrator_ids(), works)), Person.suspended_at.is_(None)
    )
    return session().execute(query.order_by(Person.sort_key, Person.id).limit(MOST_STAFF)).all()


def who_has_signed_in(*person_ids: int) -> frozenset[int]:
    """Return which of these people have ever signed in, and so could choose anything."""
    query = select(Account.person_id).where(
        Account.person_id.in_(person_ids), Account.last_sign_in_at.is_not(None)
    )
    return frozenset(session().scalars(query))
