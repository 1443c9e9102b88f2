"""Keep the number of unread notices, also when many tell and read at once."""

from collections.abc import Iterable

from sqlalchemy import func, select, update

from portal.accounts.models import Account
from portal.kernel.db import session
from portal.notifications.models import Notice


def hold(person_ids: Iterable[int]) -> list[int]:
    """Hold the accounts of these people, always in one order, and return who has one.

    Whoever changes somebody's notices does this first: it is what keeps two from counting at once.
    """
    query = select(Account.person_id).where(Account.person_id.in_(sorted(set(person_ids))))
    held = query.order_by(Account.person_id).with_for_update(key_share=True)
    return list(session().scalars(held))


def count_unread(person_ids: Iterable[int]) -> dict[int, int]:
    """Count the unread notices of people who are held; return the numbers."""
    unread = (
        select(func.count())
        .where(
            Notice.person_id == Account.person_id,
            Notice.read_at.is_(None),
            Notice.in_portal,
        )
        .scalar_subquery()
    )
    counted = (
        update(Account)
        .where(Account.person_id.in_(sorted(set(person_ids))))
        .values(unread=unread)
        .returning(Account.person_id, Account.unread)
        .execution_options(synchronize_session=False)
    )
    return {row[0]: row[1] for row in session().execute(counted)}
