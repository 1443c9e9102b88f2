"""How many mails wait, have left, were given up."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from portal.kernel.db import session
from portal.kernel.mail.models import Mail
from portal.kernel.mail.queue import is_given_up, is_waiting

HOUR = timedelta(hours=1)
MOST_COUNTED = 10_000


def has_room(most: int, at: datetime) -> bool:
    """Say whether one more mail may leave within the hour; 0 sets no limit."""
    return not most or sent_within_the_hour(at, most) < most


def sent_within_the_hour(at: datetime, most: int = MOST_COUNTED) -> int:
    """Count the mails that have left within the last 60 minutes, no further than `most`."""
    left = select(Mail.id).where(Mail.sent_at > at - HOUR).limit(most)
    return session().scalar(select(func.count()).select_from(left.subquery())) or 0


def waiting_by_class() -> dict[int, int]:
    """Count the mails that wait, by their class."""
    query = select(Mail.urgency, func.count()).where(is_waiting()).group_by(Mail.urgency)
    return {row[0]: row[1] for row in session().execute(query)}


def given_up() -> int:
    """Count the mails that were given up, no further than MOST_COUNTED."""
    some = select(Mail.id).where(is_given_up()).limit(MOST_COUNTED)
    return session().scalar(select(func.count()).select_from(some.subquery())) or 0
