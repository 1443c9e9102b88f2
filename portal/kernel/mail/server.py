"""How it goes with the mail server: while it fails, all senders wait together and no mail is to blame."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from portal.kernel.db import changed, insert_new, session
from portal.kernel.mail.models import MailServer

ONLY = 1  # the row
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=5)
MOST_DOUBLINGS = 8


def state() -> MailServer | None:
    """Return what is wrong with the mail server, if anything."""
    query = select(MailServer).execution_options(populate_existing=True)
    return session().scalars(query).one_or_none()


def turn(failing: MailServer, at: datetime) -> bool:
    """Take the turn to try a failing server: one sender has it, when its time has come."""
    mine = update(MailServer).where(
        MailServer.id == ONLY,
        MailServer.tries == failing.tries,
        MailServer.next_try_at <= at,
    )
    again = failing.tries + 1
    taken = mine.values(tries=again, next_try_at=at + _wait(again))
    return changed(taken.execution_options(synchronize_session=False)) > 0


def fails(why: str, at: datetime) -> bool:
    """Note that the server fails; say whether that is news."""
    row = {"id": ONLY, "failing_since": at, "tries": 1, "next_try_at": at + FIRST_WAIT}
    if changed(insert_new(MailServer).values(error=why, **row)):
        return True
    known = state()
    if known is not None:
        known.error, known.next_try_at = why, at + _wait(known.tries)
    return False


def works() -> None:
    """Note that the server takes mails."""
    session().execute(delete(MailServer).execution_options(synchronize_session=False))


def _wait(tries: int) -> timedelta:
    doublings: int = min(tries - 1, MOST_DOUBLINGS)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
