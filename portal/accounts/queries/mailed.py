"""What waits for a mailed code or link."""

from dataclasses import dataclass

from sqlalchemy import and_, select

from portal.accounts.models import (
    Account,
    AddressRequest,
    PrimaryChange,
    ProofRequest,
    SignInRequest,
)
from portal.accounts.policy import CHANGE_LIFE, CODE_LIFE, MOST_TRIES
from portal.kernel import clock
from portal.kernel.db import session


def sign_in_request(public_id: str) -> SignInRequest | None:
    """Find a request to sign in by its public id."""
    query = select(SignInRequest).where(SignInRequest.public_id == public_id)
    return session().scalars(query).one_or_none()


def proof_request(session_id: int) -> ProofRequest | None:
    """Return the latest request for a code at a signed-in browser, if it still waits."""
    query = select(ProofRequest).where(
        ProofRequest.session_id == session_id,
        ProofRequest.used_at.is_(None),
        ProofRequest.superseded_at.is_(None),
    )
    return session().scalars(query.order_by(ProofRequest.id.desc())).first()


def address_request(person_id: int) -> AddressRequest | None:
    """Return the latest address that a person asked to add, if it still waits."""
    query = select(AddressRequest).where(
        AddressRequest.person_id == person_id,
        AddressRequest.used_at.is_(None),
        AddressRequest.superseded_at.is_(None),
    )
    return session().scalars(query.order_by(AddressRequest.id.desc())).first()


def address_request_by(public_id: str, person_id: int) -> AddressRequest | None:
    """Find a person's own request to add an address, whatever has become of it."""
    query = select(AddressRequest).where(
        AddressRequest.public_id == public_id, AddressRequest.person_id == person_id
    )
    return session().scalars(query).one_or_none()


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
