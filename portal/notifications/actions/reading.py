"""Read one's notices: one of them, or all that have been shown."""

from datetime import datetime

from sqlalchemy import ColumnExpressionArgument, literal, tuple_, update

from portal.kernel.actors import Actor
from portal.kernel.db import UTCDateTime, session
from portal.notifications.actions.counting import count_unread, hold
from portal.notifications.actions.rhythm import touch
from portal.notifications.models import Notice


def read_notice(actor: Actor, notice_id: int, at: datetime) -> int:
    """Mark one of the actor's notices as read; return how many are unread now."""
    return _read(actor, at, Notice.id == notice_id)


def read_until(actor: Actor, newest: tuple[datetime, int], at: datetime) -> int:
    """Mark as read what stood in the list when `newest` was the first; nothing that came since.

    Return how many are unread now; doing it twice is doing it once.
    """
    last = tuple_(literal(newest[0], UTCDateTime), literal(newest[1]))
    return _read(actor, at, Notice.in_portal, tuple_(Notice.at, Notice.id) <= last)


def _read(actor: Actor, at: datetime, *which: ColumnExpressionArgument[bool]) -> int:
    if actor.person_id is None:
        return 0
    hold([actor.person_id])
    touch([actor.person_id])  # A mail that is being written tells only what is unread.
    mine = (Notice.person_id == actor.person_id, Notice.read_at.is_(None))
    read = update(Notice).where(*mine, *which).values(read_at=at)
    session().execute(read, execution_options={"synchronize_session": False})
    return count_unread([actor.person_id]).get(actor.person_id, 0)
