"""Choose a password, or do without one again."""

import unicodedata
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import update

from portal.accounts import queries
from portal.accounts.actions.sessions import end_sessions, renew
from portal.accounts.facts import PasswordChanged, PasswordRemoved, PasswordSet
from portal.accounts.models import Account
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.facts import Fact, record

# OWASP's figures for Argon2id: 19 MiB, 2 passes; about 25 ms (docs/performance.md).
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobody = _hasher.hash("nobody has this password")


def password_fits(password_hash: str | None, password: str) -> bool:
    """Verify a password; takes as long when there is none. Slow: keep it outside transactions."""
    try:
        _hasher.verify(password_hash or _nobody, _one_spelling(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def hash_password(password: str) -> str:
    """Hash a password with Argon2id. Slow: keep it outside transactions."""
    return _hasher.hash(_one_spelling(password))


def change_password(actor: Actor, password_hash: str, session_id: int, at: datetime) -> str:
    """Set a password and sign other browsers out; this one goes on with the token returned."""
    account = queries.account_of(actor.own_id)
    had_one = account is not None and account.password_hash is not None
    fact = PasswordChanged if had_one else PasswordSet
    return _set(actor, password_hash, session_id, fact(actor.own_id), at)


def remove_password(actor: Actor, session_id: int, at: datetime) -> str:
    """Take the password away and sign other browsers out; this one gets the token returned."""
    return _set(actor, None, session_id, PasswordRemoved(actor.own_id), at)


def _set(actor: Actor, password_hash: str | None, session_id: int, fact: Fact, at: datetime) -> str:
    mine = update(Account).where(Account.person_id == actor.person_id)
    session().execute(mine.values(password_hash=password_hash))
    end_sessions(actor, at, keep=session_id)
    record(fact, at)
    return renew(session_id)


def _one_spelling(password: str) -> str:
    """Spell a password one way: keyboards write the same å differently (NIST SP 800-63B)."""
    return unicodedata.normalize("NFKC", password)
