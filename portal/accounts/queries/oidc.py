"""Who is known from other organisations."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.accounts.models import Identity
from portal.kernel.db import session


def identity_by(issuer: str, subject: str) -> Identity | None:
    """Find whom an organisation's sign-in belongs to."""
    query = select(Identity).where(Identity.issuer == issuer, Identity.subject == subject)
    return session().scalars(query).one_or_none()


def identities_of(person_id: int) -> Sequence[Identity]:
    """Return a person's sign-ins from other organisations, as they were linked."""
    query = select(Identity).where(Identity.person_id == person_id).order_by(Identity.id)
    return session().scalars(query).all()


def identity_of(person_id: int, public_id: str) -> Identity | None:
    """Return one of a person's own sign-ins from other organisations."""
    query = select(Identity).where(Identity.public_id == public_id, Identity.person_id == person_id)
    return session().scalars(query).one_or_none()
