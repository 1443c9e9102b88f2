"""End and renew what browsers hold, and remember the language."""

from datetime import datetime

from sqlalchemy import update

from portal.accounts.models import Account, UserSession
from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.db import session


def end_session(actor: Actor, public_id: str, at: datetime) -> bool:
    """Sign one of the actor's browsers out; say whether it was signed in."""
    mine = update(UserSession).where(
        UserSession.public_id == public_id,
        UserSession.person_id == actor.person_id,
        UserSession.ended_at.is_(None),
    )
    return bool(session().execute(mine.values(ended_at=at)).rowcount)  # type: ignore[attr-defined]


def end_sessions(actor: Actor, at: datetime, keep: int | None = None) -> None:
    """Sign the actor out everywhere, but for the session `keep`."""
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
