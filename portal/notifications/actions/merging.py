"""What becomes of notices when two rows about one person become one: nothing is told twice."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, select, update

from portal.accounts.models import Account
from portal.kernel.merging import Merge, Step, merges, moved
from portal.notifications.models import Notice, NoticeItem

OTHER = NoticeItem.__table__.alias("other")


@merges(Notice.person_id)
def unite_notices(merge: Merge) -> Step:
    """All notices stay; of two unread ones about the same, the one who stays keeps theirs with both."""
    query = select(Notice, _is_emptied(merge)).where(Notice.person_id.in_(merge.both))
    rows = merge.read(query.order_by(Notice.id), Notice)
    notices = [one for one, _emptied in rows]
    theirs = [one for one in notices if one.person_id == merge.gone_id]
    unread = [one for one in notices if one.read_at is None]
    mine = {_about(one): one for one in unread if one.person_id == merge.kept_id}
    pairs = [
        (mine[_about(one)], one)
        for one in unread
        if one.person_id == merge.gone_id and _about(one) in mine
    ]
    statements: list[Any] = list(_doubles(merge))
    for stays, goes in pairs:
        statements += _united(stays, goes)
    # Only now: their items have moved on, so none is deleted with them.
    gone = {goes.id for _stays, goes in pairs} | {one.id for one, emptied in rows if emptied}
    away = delete(Notice).where(Notice.id.in_(sorted(gone)))
    return Step(
        "notice",
        "person_id",
        len(theirs) - len(gone),
        united=len(gone),
        statements=(*statements, away, moved(Notice.person_id, merge)),
    )


@merges(NoticeItem.person_id)
def unite_items(merge: Merge) -> Step:
    """What both were told is told once, and counts as mailed if either was; then unread is counted."""
    query = select(NoticeItem).where(NoticeItem.person_id.in_(merge.both))
    items = [row[0] for row in merge.read(query, NoticeItem)]
    theirs = [one for one in items if one.person_id == merge.gone_id]
    mine = {(one.fact, one.subject_id) for one in items if one.person_id == merge.kept_id}
    double = len([one for one in theirs if (one.fact, one.subject_id) in mine])
    unread = select(func.count()).where(
        Notice.person_id == merge.kept_id, Notice.read_at.is_(None), Notice.in_portal
    )
    counted = update(Account).where(Account.person_id == merge.kept_id)
    return Step(
        "notice_item",
        "person_id",
        len(theirs) - double,
        united=double,
        statements=(
            moved(NoticeItem.person_id, merge),
            counted.values(unread=unread.scalar_subquery()),
        ),
    )


def _about(notice: Notice) -> tuple[str, str, bool]:
    return notice.kind, notice.about, notice.in_portal


def _doubles(merge: Merge) -> Sequence[Any]:
    """Let what both were told be told once: settled if either is."""
    settled = select(OTHER.c.settled_at).where(_told_to(merge.gone_id)).scalar_subquery()
    either = func.coalesce(NoticeItem.settled_at, settled)
    both = exists().where(_told_to(merge.kept_id))
    return (
        update(NoticeItem).where(NoticeItem.person_id == merge.kept_id).values(settled_at=either),
        delete(NoticeItem).where(NoticeItem.person_id == merge.gone_id, both),
    )


def _is_emptied(merge: Merge) -> ColumnElement[bool]:
    """Say that a notice of the one who goes told only what the other one was told, too."""
    inside = NoticeItem.notice_id == Notice.id
    both = exists().where(_told_to(merge.kept_id))
    theirs: ColumnElement[bool] = Notice.person_id == merge.gone_id
    return and_(theirs, exists().where(inside), ~exists().where(inside, ~both))


def _told_to(person_id: int) -> ColumnElement[bool]:
    """Say that this person was told of the same thing."""
    return and_(
        OTHER.c.person_id == person_id,
        OTHER.c.fact == NoticeItem.fact,
        OTHER.c.subject_id == NoticeItem.subject_id,
    )


def _united(stays: Notice, goes: Notice) -> Sequence[Any]:
    """Let the items of one notice stand in the other, which is as new as the newer."""
    onward = update(NoticeItem).where(NoticeItem.notice_id == goes.id)
    counted = select(func.count()).where(NoticeItem.notice_id == stays.id).scalar_subquery()
    joined = update(Notice).where(Notice.id == stays.id)
    return (
        onward.values(notice_id=stays.id),
        joined.values(count=counted, at=max(stays.at, goes.at)),
    )
