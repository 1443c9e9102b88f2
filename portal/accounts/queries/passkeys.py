"""A person's passkeys, and whose a passkey is."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.accounts.models import Passkey, PasskeyUser
from portal.kernel.db import session


def passkeys_of(person_id: int) -> Sequence[Passkey]:
    """Return a person's passkeys, as they were added."""
    query = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.id)
    return session().scalars(query).all()


def passkey_of(person_id: int, public_id: str) -> Passkey | None:
    """Return one of a person's own passkeys."""
    query = select(Passkey).where(Passkey.public_id == public_id, Passkey.person_id == person_id)
    return session().scalars(query).one_or_none()


def passkey_by_credential(credential_id: str) -> Passkey | None:
    """Find a passkey by what its device calls it."""
    query = select(Passkey).where(Passkey.credential_id == credential_id)
    return session().scalars(query).one_or_none()


def holder_of(user_key: str) -> int | None:
    """Return the person whom devices call so."""
    query = select(PasskeyUser.person_id).where(PasskeyUser.user_key == user_key)
    return session().scalars(query).one_or_none()


def user_key_of(person_id: int) -> str | None:
    """Return what devices call a person, if one does."""
    query = select(PasskeyUser.user_key).where(PasskeyUser.person_id == person_id)
    return session().scalars(query.order_by(PasskeyUser.user_key).limit(1)).one_or_none()
