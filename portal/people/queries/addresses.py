"""The addresses that reach a person."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from portal.kernel.db import session
from portal.kernel.mailboxes import fold_address
from portal.people.models import EmailAddress, Organisation
from portal.people.policy import domain_keys


def addresses_of(person_id: int) -> Sequence[EmailAddress]:
    """Return a person's verified addresses, the primary one first, then as they came."""
    query = (
        select(EmailAddress)
        .where(EmailAddress.person_id == person_id, EmailAddress.verified_at.is_not(None))
        .order_by(EmailAddress.is_primary.desc(), EmailAddress.verified_at, EmailAddress.id)
    )
    return session().scalars(query).all()


def mailbox(address: str) -> EmailAddress | None:
    """Return the verified address that reaches this mailbox, as its owner wrote it."""
    query = select(EmailAddress).where(
        EmailAddress.folded == fold_address(address), EmailAddress.verified_at.is_not(None)
    )
    return session().scalars(query).one_or_none()


def address_by_id(address_id: int) -> EmailAddress | None:
    """Return a verified address."""
    found = session().get(EmailAddress, address_id)
    return found if found and found.verified_at else None


def workplaces(addresses: Iterable[str]) -> dict[str, str]:
    """Return which of these addresses are at an organisation, and the organisation's name.

    Whoever has a mailbox on an organisation's domain belongs there; it stops working when they leave.
    """
    keys = {one: domain_keys(one.rpartition("@")[2]) for one in addresses}
    domains = {key.removeprefix("domain:") for found in keys.values() for key in found}
    query = select(Organisation.domain, Organisation.name).where(Organisation.domain.in_(domains))
    names = {f"domain:{domain}": name for domain, name in session().execute(query)}
    at_work = ((one, key) for one, found in keys.items() for key in found if key in names)
    return {one: names[key] for one, key in at_work}
