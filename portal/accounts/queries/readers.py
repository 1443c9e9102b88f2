"""How people read our mails: where, in which language, by which clock."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import and_, select

from portal.accounts.models import Account
from portal.kernel.clock import DEFAULT_ZONE
from portal.kernel.db import session
from portal.kernel.mail import Reader
from portal.kernel.text import DEFAULT_LANGUAGE
from portal.people.models import EmailAddress, Person


def reader_of(person_id: int, address: str | None = None) -> Reader | None:
    """Return how a person reads our mails, at their primary address or another one of theirs.

    None for somebody without an address. An address that is not theirs (yet) is taken as it is.
    """
    query = _readers(
        EmailAddress.is_primary if address is None else EmailAddress.address == address
    )
    row = session().execute(query.where(Person.id == person_id)).first()
    return _reader(row, address) if row else None


def readers_of(person_ids: Iterable[int]) -> dict[int, Reader]:
    """Return how each of these people reads our mails; one query. Who has no address is left out."""
    query = _readers(EmailAddress.is_primary).where(Person.id.in_(list(person_ids)))
    readers = {row[0]: _reader(row) for row in session().execute(query)}
    return {person_id: one for person_id, one in readers.items() if one is not None}


def _readers(which: Any) -> Any:
    columns = (Account.language, Account.zone, EmailAddress.bounced_at, EmailAddress.complained_at)
    return (
        select(Person.id, EmailAddress.address, *columns)
        .select_from(Person)
        .outerjoin(EmailAddress, and_(EmailAddress.person_id == Person.id, which))
        .outerjoin(Account, Account.person_id == Person.id)
    )


def _reader(row: Any, address: str | None = None) -> Reader | None:
    person_id, known, language, zone, bounced_at, complained_at = row
    to = known or address
    if to is None:
        return None
    troubles = (bounced_at is not None, complained_at is not None)
    return Reader(to, person_id, language or DEFAULT_LANGUAGE, zone or DEFAULT_ZONE, *troubles)
