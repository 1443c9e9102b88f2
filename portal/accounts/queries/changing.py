"""A change of the primary address, as its mailed links find it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from portal.accounts.models import PrimaryChange
from portal.kernel.db import session
from portal.people.models import EmailAddress, Person


@dataclass(frozen=True)
class Change:
    """A change and the two addresses it is about."""

    row: PrimaryChange
    old: str
    new: str


def primary_change(public_id: str) -> Change | None:
    """Find a change; None too when an address is gone or its person is suspended."""
    old, new = aliased(EmailAddress), aliased(EmailAddress)
    query = (
        select(PrimaryChange, old.address, new.address)
        .join(old, old.id == PrimaryChange.old_address_id)
        .join(new, new.id == PrimaryChange.new_address_id)
        .join(Person, Person.id == PrimaryChange.person_id)
        .where(PrimaryChange.public_id == public_id, Person.suspended_at.is_(None))
    )
    found = session().execute(query).one_or_none()
    return Change(*found) if found else None
