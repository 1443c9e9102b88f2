"""Find people by address, the host, and who administers."""

from sqlalchemy import select

from portal.kernel.db import session
from portal.people.models import EmailAddress, Organisation, Person, Role


def fold_address(address: str) -> str:
    """Fold an address so that one mailbox has one spelling."""
    return address.strip().casefold()


def person_by_address(address: str) -> Person | None:
    """Find whose mailbox this is; only addresses that have been confirmed count."""
    query = (
        select(Person)
        .join(EmailAddress, EmailAddress.person_id == Person.id)
        .where(EmailAddress.folded == fold_address(address), EmailAddress.verified_at.is_not(None))
    )
    return session().scalars(query).one_or_none()


def primary_address(person_id: int) -> str | None:
    """Return the address that mail to a person goes to."""
    query = select(EmailAddress.address).where(
        EmailAddress.person_id == person_id,
        EmailAddress.is_primary,
        EmailAddress.verified_at.is_not(None),
    )
    return session().scalars(query).first()


def host() -> Organisation | None:
    """Return the organisation that runs the portal."""
    return session().scalars(select(Organisation).where(Organisation.kind == "host")).first()


def is_administrator(person_id: int) -> bool:
    """Say whether a person administers the installation now."""
    query = select(Role.id).where(
        Role.person_id == person_id, Role.name == "administrator", Role.ended_at.is_(None)
    )
    return session().scalars(query).first() is not None
