"""Close notices that no longer wait for anything: nobody should read or be mailed about them."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select, update

from portal.kernel.db import session
from portal.notifications.actions.counting import count_unread, hold
from portal.notifications.actions.rhythm import touch
from portal.notifications.models import Notice, NoticeItem
from portal.notifications.queries.people import actors_of
from portal.notifications.queries.telling import Item, told


def close_item(people: Iterable[int], fact: str, subject_id: int, at: datetime) -> None:
    """Settle a thing that has been seen to, and close the notices in which nothing else waits."""
    held = hold(people)
    query = select(NoticeItem.notice_id).where(
        NoticeItem.person_id.in_(held),
        NoticeItem.fact == fact,
        NoticeItem.subject_id == subject_id,
    )
    _close(held, list(session().scalars(query)) if held else [], at)


def close_network(person_id: int, network_id: int, at: datetime) -> None:
    """Close the notices of a network that somebody has left, but for what they still may see."""
    held = hold([person_id])
    query = select(Notice.id).where(
        Notice.person_id == person_id,
        Notice.network_id == network_id,
        Notice.read_at.is_(None),
    )
    _close(held, list(session().scalars(query)), at)


def _close(people: Collection[int], notice_ids: Collection[int], at: datetime) -> None:
    """Settle in these notices all that is over or unseen; close those where nothing else stands.

    A mail that is being written to these people meanwhile is written anew.
    """
    touch(people)
    items = _items(notice_ids)
    actors = actors_of({person_id for person_id, _notice_id in items}) if items else {}
    over: list[int] = []
    for (person_id, notice_id), told_of in items.items():
        waits = told(actors[person_id], told_of, at) if person_id in actors else {}
        gone = [one for one in told_of if one not in waits]
        _settle(person_id, gone, at)
        if not waits:
            over.append(notice_id)
    if over:
        read = update(Notice).where(Notice.id.in_(over), Notice.read_at.is_(None))
        quietly = {"synchronize_session": False}
        session().execute(read.values(read_at=at), execution_options=quietly)
        count_unread(people)


def _items(notice_ids: Collection[int]) -> dict[tuple[int, int], list[Item]]:
    """Return what stands in these notices, by person and notice."""
    query = select(
        NoticeItem.person_id, NoticeItem.notice_id, NoticeItem.fact, NoticeItem.subject_id
    ).where(NoticeItem.notice_id.in_(notice_ids))
    found: dict[tuple[int, int], list[Item]] = {}
    for person_id, notice_id, fact, subject_id in session().execute(query) if notice_ids else ():
        found.setdefault((person_id, notice_id), []).append((fact, subject_id))
    return found


def _settle(person_id: int, items: Iterable[Item], at: datetime) -> None:
    for fact, subject_id in items:
        settled = update(NoticeItem).where(
            NoticeItem.person_id == person_id,
            NoticeItem.fact == fact,
            NoticeItem.subject_id == subject_id,
            NoticeItem.settled_at.is_(None),
        )
        quietly = {"synchronize_session": False}
        session().execute(settled.values(settled_at=at), execution_options=quietly)
