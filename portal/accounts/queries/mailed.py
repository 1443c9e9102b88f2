"""What waits for a mailed code or link."""

from sqlalchemy import select

from portal.accounts.models import AddressRequest, ProofRequest, SignInRequest
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
