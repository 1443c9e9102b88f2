"""Forget notices when their time is over."""

from datetime import datetime

from sqlalchemy import delete, select

from portal.kernel.db import session
from portal.notifications.actions.counting import count_unread, hold
from portal.notifications.models import Notice

MOST_AT_ONCE = 2000


def forget_notices(before: datetime) -> int:
    """Delete notices that nothing was added to since then, some at a time; return how many."""
    query = select(Notice.id, Notice.person_id).where(Notice.at < before)
    old = session().execute(query.order_by(Notice.at).limit(MOST_AT_ONCE)).all()
    people = hold(person_id for _notice_id, person_id in old)
    # Who is held gets nothing new now; what was added to meanwhile stays.
    gone = delete(Notice).where(Notice.id.in_([row[0] for row in old]), Notice.at < before)
    session().execute(gone, execution_options={"synchronize_session": False})
    count_unread(people)
    return len(old)
