"""Rules of signing in: how long things live, and who is kept out."""

from datetime import datetime, timedelta

from portal.accounts.models import Mailed
from portal.kernel.actors import Actor
from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.text import _l

CODE_LIFE = timedelta(minutes=15)
MOST_TRIES = 5
SESSION_LIFE = timedelta(days=90)
IDLE_LIFE = timedelta(days=30)
ADMINISTRATOR_SESSION_LIFE = timedelta(days=7)
ADMINISTRATOR_IDLE_LIFE = timedelta(hours=12)
RECENT = timedelta(minutes=30)  # a proof this fresh needs no other
WRONG_CODE = deny(_l("That is not the code in the latest mail. Look again, or ask for a new one."))
WRONG_PROOF = deny(_l("That is not your password."))
WRONG_PASSWORD = deny(_l("The address and the password do not go together."))


def may_use_code(asked: Mailed, at: datetime) -> Decision:
    """Say whether a mailed code or link can still be used; all faults get the same answer."""
    is_over = asked.used_at is not None or asked.superseded_at is not None
    if is_over or asked.tries >= MOST_TRIES or at >= asked.created_at + CODE_LIFE:
        return deny(_l("That code no longer works. Ask for a new one below."))
    return ALLOW


def may_sign_in(suspended: bool, reason: str | None) -> Decision:
    """Say whether somebody who has shown who they are is let in; who is kept out may know why."""
    if not suspended:
        return ALLOW
    if not reason:
        return deny(_l("Your account is suspended for now, so you can't sign in."))
    return deny(
        _l(
            "Your account is suspended for now, so you can't sign in. The reason: %(why)s",
            why=reason,
        )
    )


def is_recent(proved_at: datetime, at: datetime) -> bool:
    """Say whether a proof of who sits there is so fresh that it will do."""
    return at < proved_at + RECENT


def idle_life(actor: Actor) -> timedelta:
    """Return how long a session may rest before one must sign in again."""
    return ADMINISTRATOR_IDLE_LIFE if actor.is_administrator else IDLE_LIFE


def session_life(actor: Actor) -> timedelta:
    """Return how long a session may last, however much it is used."""
    return ADMINISTRATOR_SESSION_LIFE if actor.is_administrator else SESSION_LIFE
