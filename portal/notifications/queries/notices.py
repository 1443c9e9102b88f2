"""A person's notices, newest first, in words and as far as they may still see what they are about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, literal, or_, select, tuple_

from portal.kernel.actors import Actor
from portal.kernel.db import UTCDateTime, session
from portal.kernel.ordering import time_position
from portal.kernel.paging import PAGE_SIZE, Page, page_of
from portal.networks.models import Network
from portal.networks.queries import may_be_seen_by
from portal.notifications.models import Notice, NoticeItem
from portal.notifications.policy.telling import MOST_COUNTED, say_all
from portal.notifications.policy.words import Line, Where
from portal.notifications.queries.telling import Item, told


@dataclass(frozen=True)
class Shown:
    """A notice as it is shown; one about which nothing may be seen any more is not shown."""

    id: int
    public_id: str
    kind: str
    at: datetime
    is_unread: bool
    line: Line

    def as_read(self) -> "Shown":
        """Return it as it is shown once it is read."""
        return replace(self, is_unread=False)


def notices_of(
    actor: Actor, at: datetime, *, unread: bool = False, after: str | None = None
) -> Page[Shown]:
    """Return a page of the actor's notices; three queries."""
    query = _mine(actor)
    if unread:
        query = query.where(Notice.read_at.is_(None))
    if key := time_position(after):
        last = tuple_(literal(key[0], UTCDateTime), literal(key[1]))
        query = query.where(tuple_(Notice.at, Notice.id) < last)
    query = query.order_by(Notice.at.desc(), Notice.id.desc()).limit(PAGE_SIZE + 1)
    rows = session().execute(query).all()
    page = page_of(rows, lambda row: (row.at.isoformat(), row.id))
    return Page(_shown(actor, page.rows, at), page.after)


def found_notice(actor: Actor, public_id: str, at: datetime) -> tuple[int, Shown | None] | None:
    """Find one of the actor's notices: its id, and how it is shown if there is anything to be seen."""
    query = select(Notice.id).where(
        Notice.person_id == actor.person_id, Notice.public_id == public_id, Notice.in_portal
    )
    number = session().scalar(query)
    if number is None:
        return None
    rows = session().execute(_mine(actor).where(Notice.id == number)).all()
    return number, next(iter(_shown(actor, rows, at)), None)


def _mine(actor: Actor) -> Select[Any]:
    """Select the actor's notices, with their networks; not those of one they may not know of."""
    columns: tuple[Any, ...] = (Notice.id, Notice.public_id, Notice.kind, Notice.at, Notice.read_at)
    known = and_(Network.id == Notice.network_id, may_be_seen_by(actor))
    return (
        select(*columns, Network.name, Network.slug)
        .select_from(Notice)
        .outerjoin(Network, known)
        .where(
            Notice.person_id == actor.person_id,
            Notice.in_portal,
            or_(Notice.network_id.is_(None), Network.id.is_not(None)),
        )
    )


def _shown(actor: Actor, rows: Sequence[Any], at: datetime) -> list[Shown]:
    items = _items_of([row.id for row in rows])
    lines = told(actor, (one for many in items.values() for one in many), at, history=True)
    shown = []
    for row in rows:
        seen = [lines[one] for one in items.get(row.id, ()) if one in lines]
        # Of what waits and what is over, an unread notice counts what waits.
        waits = [line for line in seen if not line.is_over] or seen
        if waits:
            line = say_all(row.kind, Where(row.name or "", row.slug or ""), waits)
            shown.append(Shown(row.id, row.public_id, row.kind, row.at, row.read_at is None, line))
    return shown


def _items_of(notice_ids: list[int]) -> dict[int, list[Item]]:
    """Return what stands in these notices, newest first, no more of each than is counted."""
    if not notice_ids:
        return {}
    newest = func.row_number().over(
        partition_by=NoticeItem.notice_id,
        order_by=(NoticeItem.at.desc(), NoticeItem.subject_id.desc()),
    )
    numbered = (
        select(NoticeItem.notice_id, NoticeItem.fact, NoticeItem.subject_id, newest.label("place"))
        .where(NoticeItem.notice_id.in_(notice_ids))
        .subquery()
    )
    query = select(numbered.c.notice_id, numbered.c.fact, numbered.c.subject_id)
    query = query.where(numbered.c.place <= MOST_COUNTED).order_by(numbered.c.place)
    found: dict[int, list[Item]] = {}
    for notice_id, fact, subject_id in session().execute(query):
        found.setdefault(notice_id, []).append((fact, subject_id))
    return found
