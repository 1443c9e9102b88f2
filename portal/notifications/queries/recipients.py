"""Who is to be mailed: everything about many people at once, in a few queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select

from portal.accounts.models import Account
from portal.accounts.queries import readers_of
from portal.kernel.actors import Actor
from portal.kernel.clock import DEFAULT_ZONE
from portal.kernel.db import session
from portal.kernel.mail import MailClass, Reader, may_reach
from portal.networks.models import Network
from portal.networks.queries import visible_to
from portal.notifications.models import Cadence, Notice, NoticeItem, Rhythm
from portal.notifications.policy.rhythm import TURNS, Habit
from portal.notifications.policy.sorting import Waiting, by_cadence
from portal.notifications.queries.choices import wishes_of
from portal.notifications.queries.people import actors_of
from portal.people.models import Person

COLUMNS: tuple[Any, ...] = (
    Rhythm.person_id,
    Rhythm.changes,
    Rhythm.turns,
    Rhythm.told_at,
    Rhythm.next_at,
    Rhythm.hour,
    Rhythm.weekday,
    Rhythm.paused_until,
    Rhythm.now_off_at,
    Rhythm.daily_off_at,
    Rhythm.weekly_off_at,
    Person.suspended_at,
    Account.zone,
)
_rhythms: Select[Any] = (
    select(*COLUMNS)
    .join(Person, Person.id == Rhythm.person_id)
    .outerjoin(Account, Account.person_id == Rhythm.person_id)
)
Due = tuple[datetime, int]


@dataclass(frozen=True)
class Recipient:
    """A person, and what waits to be told them, by the mail that tells it."""

    person_id: int
    actor: Actor
    reader: Reader | None
    habit: Habit
    # The rhythm as it was read; a mail goes only if it still is so.
    changes: int
    turns: int
    told_at: datetime | None
    next_at: datetime | None
    waiting: dict[Cadence, list[Waiting]]


def due_people(until: datetime, after: Due | None, most: int) -> list[Due]:
    """Return whose digest is due, the longest due first, beginning after one of them."""
    query = select(Rhythm.next_at, Rhythm.person_id).where(Rhythm.next_at <= until)
    if after is not None:
        at, person_id = after
        later = and_(Rhythm.next_at == at, Rhythm.person_id > person_id)
        query = query.where(Rhythm.next_at >= at, or_(Rhythm.next_at > at, later))
    rows = session().execute(query.order_by(Rhythm.next_at, Rhythm.person_id).limit(most))
    return [(next_at, person_id) for next_at, person_id in rows if next_at is not None]


def recipients(person_ids: Collection[int], at: datetime) -> list[Recipient]:
    """Read what is needed to mail these people, in their order; six queries, however many they are."""
    rows = session().execute(_rhythms.where(Rhythm.person_id.in_(person_ids))).all()
    rhythms = {row.person_id: row for row in rows}
    actors, readers = actors_of(rhythms), readers_of(rhythms)
    wishes, waiting = wishes_of(rhythms), waiting_for(rhythms)
    found = []
    for person_id in person_ids:
        if (row := rhythms.get(person_id)) is None:
            continue
        reader = readers.get(person_id)
        sorted_out = by_cadence(
            waiting.get(person_id, ()), wishes[person_id].about, _off(row, reader, at)
        )
        habit = Habit(row.zone or DEFAULT_ZONE, row.hour, row.weekday)
        times = (row.changes, row.turns, row.told_at, row.next_at)
        found.append(Recipient(person_id, actors[person_id], reader, habit, *times, sorted_out))
    return found


def waiting_for(person_ids: Iterable[int]) -> dict[int, list[Waiting]]:
    """Return what no mail has told these people yet, by person, the newest first; one query."""
    query = (
        select(
            NoticeItem.person_id,
            NoticeItem.fact,
            NoticeItem.subject_id,
            Notice.kind,
            Notice.network_id,
            Notice.read_at.is_not(None),
        )
        .join(Notice, Notice.id == NoticeItem.notice_id)
        .where(NoticeItem.person_id.in_(list(person_ids)), NoticeItem.settled_at.is_(None))
        .order_by(NoticeItem.person_id, NoticeItem.at.desc(), NoticeItem.subject_id.desc())
    )
    found: dict[int, list[Waiting]] = {}
    for person_id, fact, subject_id, kind, network_id, is_read in session().execute(query):
        item = Waiting(fact, subject_id, kind, network_id, bool(is_read))
        found.setdefault(person_id, []).append(item)
    return found


def places_of(actor: Actor, network_ids: Collection[int]) -> dict[int, str]:
    """Return the names of those of these networks that the actor may know of; one query at most."""
    if not network_ids:
        return {}
    query = visible_to(actor).where(Network.id.in_(network_ids))
    rows = session().execute(query.with_only_columns(Network.id, Network.name))
    return {row[0]: row[1] for row in rows}


def _off(row: Any, reader: Reader | None, at: datetime) -> frozenset[str]:
    """Return the mails that do not come to somebody now: all of them, or those switched off."""
    is_paused = row.paused_until is not None and row.paused_until > at
    is_reached = reader is not None and may_reach(reader, MailClass.NOTICE)
    if is_paused or row.suspended_at is not None or not is_reached:
        return frozenset(("now", *TURNS))
    return frozenset(one for one in ("now", *TURNS) if getattr(row, f"{one}_off_at") is not None)
