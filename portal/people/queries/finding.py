"""Find people by address or former id, and the host."""

from sqlalchemy import select

from portal.kernel.db import session
from portal.kernel.mailboxes import fold_address
from portal.people.models import EmailAddress, FormerId, Organisation, Person


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


def present_id(former_id: str) -> str | None:
    """Return the public id of the person who had this one before two rows about them were merged."""
    query = select(Person.public_id).join(FormerId, FormerId.person_id == Person.id)
    return session().scalar(query.where(FormerId.public_id == former_id))
