"""How the tests look at what people have been told."""

from sqlalchemy import func, select

from portal.accounts.models import Account
from portal.kernel.db import session
from portal.notifications.models import Notice, NoticeItem


def notices(person):
    """Return somebody's notices, oldest first."""
    session().rollback()
    query = select(Notice).where(Notice.person_id == person.id).order_by(Notice.at, Notice.id)
    return list(session().scalars(query.execution_options(populate_existing=True)))


def unread(person):
    """Return the number at somebody's bell, which must be the number of what they have not read."""
    session().rollback()
    counted = select(func.count()).where(
        Notice.person_id == person.id, Notice.read_at.is_(None), Notice.in_portal
    )
    number = session().scalar(select(Account.unread).where(Account.person_id == person.id))
    assert number == session().scalar(counted)
    return number


def items(person=None):
    """Return what has been told, as fact and number, to somebody or to all."""
    session().rollback()
    query = select(NoticeItem.fact, NoticeItem.subject_id)
    if person is not None:
        query = query.where(NoticeItem.person_id == person.id)
    return sorted(session().execute(query).all())


def unsettled(person):
    """Count what a mail may still tell somebody."""
    session().rollback()
    waits = (NoticeItem.person_id == person.id, NoticeItem.settled_at.is_(None))
    return session().scalar(select(func.count()).where(*waits))
