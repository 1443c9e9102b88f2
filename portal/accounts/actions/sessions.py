"""Begin, renew and end what browsers hold, and remember the language."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from portal.accounts import queries
from portal.accounts.facts import AccountOpened, EverySessionEnded, SessionEnded, SignedIn
from portal.accounts.models import Account, UserSession
from portal.accounts.policy import SESSION_LIFE, may_sign_in
from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.decisions import require
from portal.kernel.facts import record
from portal.people.models import Person


def open_account(person: Person, language: str, at: datetime) -> Account:
    """Give a person a way to sign in."""
    account = Account(person_id=person.id, language=language, opened_at=at)
    session().add(account)
    session().flush()
    record(AccountOpened(person_id=person.id), at)
    return account


def begin_session(
    person: Person, browser: str, at: datetime, *, way: str, language: str
) -> tuple[str, str]:
    """Begin a session, the one way in; return the browser's token and the account's language.

    `way` is a key of accounts.policy.WAYS. Raises NotAllowed for somebody who is kept out: the
    address has been proved by now, so it says nothing to a stranger.
    """
    require(may_sign_in(person.suspended_at is not None, queries.reason_of_suspension(person)))
    account = _account_for(person, language, at)
    token = keys.token()
    begun = UserSession(
        public_id=keys.public_id(),
        person_id=person.id,
        token_digest=keys.digest(token),
        browser=browser,
        way=way,
        began_at=at,
        proved_at=at,
        previous_at=account.last_sign_in_at,
        expires_at=at + SESSION_LIFE,
    )
    session().add(begun)
    account.last_sign_in_at = at
    session().flush()
    record(SignedIn(person.id, begun.id), at)
    return token, account.language


def end_session(actor: Actor, public_id: str, at: datetime) -> bool:
    """Sign one of the actor's browsers out; say whether it was signed in."""
    mine = update(UserSession).where(
        UserSession.public_id == public_id,
        UserSession.person_id == actor.person_id,
        UserSession.ended_at.is_(None),
    )
    ended = session().scalars(mine.values(ended_at=at).returning(UserSession.id)).one_or_none()
    if ended is None or actor.person_id is None:
        return False
    record(SessionEnded(actor.person_id, ended), at)
    return True


def sign_out_everywhere(actor: Actor, at: datetime) -> None:
    """Sign the actor out of every browser."""
    end_sessions(actor, at)
    if actor.person_id is not None:
        record(EverySessionEnded(actor.person_id), at)


def end_sessions(actor: Actor, at: datetime, keep: int | None = None) -> None:
    """End the actor's sessions, but for the session `keep`."""
    mine = update(UserSession).where(
        UserSession.person_id == actor.person_id, UserSession.ended_at.is_(None)
    )
    if keep is not None:
        mine = mine.where(UserSession.id != keep)
    session().execute(mine.values(ended_at=at))


def end_visit(token: str, at: datetime) -> None:
    """End the session with this token, whoever's it is: its browser gets another one."""
    held = update(UserSession).where(
        UserSession.token_digest == keys.digest(token), UserSession.ended_at.is_(None)
    )
    session().execute(held.values(ended_at=at))


def renew(session_id: int) -> str:
    """Give a session a new token; the old one opens nothing any more."""
    token = keys.token()
    held = update(UserSession).where(UserSession.id == session_id)
    session().execute(held.values(token_digest=keys.digest(token)))
    return token


def choose_language(actor: Actor, language: str) -> None:
    """Remember the language of a person's pages and mails."""
    mine = update(Account).where(Account.person_id == actor.person_id)
    session().execute(mine.values(language=language))


def choose_zone(actor: Actor, zone: str) -> None:
    """Remember whose clock a person's pages and mails go by."""
    mine = update(Account).where(Account.person_id == actor.person_id)
    session().execute(mine.values(zone=zone))


def _account_for(person: Person, language: str, at: datetime) -> Account:
    if account := queries.account_of(person.id):
        return account
    try:
        with session().begin_nested():
            return open_account(person, language, at)
    except IntegrityError:
        return session().get_one(Account, person.id)
