"""What stands open about a person's addresses, for the page of all of them."""

from dataclasses import dataclass

from sqlalchemy import and_, select

from portal.accounts.models import Account, AddressRequest, PrimaryChange
from portal.accounts.policy import CHANGE_LIFE, CODE_LIFE, MOST_TRIES
from portal.kernel import clock
from portal.kernel.db import session


@dataclass(frozen=True)
class Waiting:
    """What waits for a person's mailboxes: a change of the primary address, an address to add."""

    change: PrimaryChange | None
    asked: AddressRequest | None


def waiting(person_id: int) -> Waiting:
    """Return what waits for a person's mailboxes and can still be confirmed; one query."""
    now = clock.now()
    change = and_(
        PrimaryChange.person_id == Account.person_id,
        PrimaryChange.done_at.is_(None),
        PrimaryChange.superseded_at.is_(None),
        PrimaryChange.created_at > now - CHANGE_LIFE,
    )
    asked = and_(
        AddressRequest.person_id == Account.person_id,
        AddressRequest.used_at.is_(None),
        AddressRequest.superseded_at.is_(None),
        AddressRequest.tries < MOST_TRIES,
        AddressRequest.created_at > now - CODE_LIFE,
    )
    query = (
        select(PrimaryChange, AddressRequest)
        .select_from(Account)
        .outerjoin(PrimaryChange, change)
        .outerjoin(AddressRequest, asked)
        .where(Account.person_id == person_id)
        .order_by(PrimaryChange.id.desc(), AddressRequest.id.desc())
    )
    row = session().execute(query).first()
    return Waiting(*row) if row else Waiting(None, None)
