"""How people read our mails: where, in which language, by which clock."""

from sqlalchemy import and_, select

from portal.accounts.models import Account
from portal.kernel.db import session
from portal.kernel.mail import DEFAULT_ZONE, Reader
from portal.kernel.text import DEFAULT_LANGUAGE
from portal.people.models import EmailAddress, Person


def reader_of(person_id: int, address: str | None = None) -> Reader | None:
    """Return how a person reads our mails, at their primary address or another one of theirs.

    None for somebody without an address. An address that is not theirs (yet) is taken as it is.
    """
    theirs = (
        EmailAddress.person_id == Person.id,
        EmailAddress.is_primary if address is None else EmailAddress.address == address,
    )
    query = (
        select(
            EmailAddress.address,
            Account.language,
            Account.zone,
            EmailAddress.bounced_at,
            EmailAddress.complained_at,
        )
        .select_from(Person)
        .outerjoin(EmailAddress, and_(*theirs))
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Person.id == person_id)
    )
    row = session().execute(query).first()
    to = (row[0] if row else None) or address
    if row is None or to is None:
        return None
    language, zone = row[1] or DEFAULT_LANGUAGE, row[2] or DEFAULT_ZONE
    return Reader(to, person_id, language, zone, row[3] is not None, row[4] is not None)
