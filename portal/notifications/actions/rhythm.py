"""Ask for mails: what is told or chosen sets when somebody is written to next.

Each of these counts a change in the person's rhythm and holds the row until the act is over: a mail
that was being written meanwhile is written anew.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_, select, update

from portal.accounts.models import Account
from portal.kernel import jobs
from portal.kernel.clock import DEFAULT_ZONE
from portal.kernel.db import insert_new, session
from portal.notifications.models import NoticeItem, Rhythm
from portal.notifications.policy.rhythm import Habit, Turn, first_mail

AT_ONCE = "notices.at_once"


def ask_for_mail(person_ids: Collection[int], at: datetime) -> None:
    """Ask for a mail at once to each of these people: now, or an hour after the one before."""
    for row in touch(person_ids):
        # However much happens until it goes, it is asked for once.
        key = f"{AT_ONCE}:{row.person_id}:{row.turns}"
        when = first_mail(row.told_at, at)
        jobs.enqueue(AT_ONCE, {"person_id": row.person_id}, run_at=when, dedupe_key=key)


def set_next(person_ids: Collection[int], at: datetime, turn: Turn = "daily") -> None:
    """Let these people's next digest be no later than their next turn: something waits for it."""
    turns: dict[datetime, list[int]] = {}
    for row in touch(person_ids):
        turns.setdefault(habit_of(row).next(turn, at), []).append(row.person_id)
    for when, theirs in turns.items():
        later = or_(Rhythm.next_at.is_(None), Rhythm.next_at > when)
        _set(Rhythm.person_id.in_(theirs) & later, next_at=when)


def replan(person_id: int, at: datetime) -> None:
    """Plan a person's mails anew: they have chosen otherwise how often, or when.

    A digest whose turn has come already is left to it; all of this is decided when it is written.
    """
    waiting = exists().where(NoticeItem.person_id == person_id, NoticeItem.settled_at.is_(None))
    if not session().scalar(select(waiting)):
        touch([person_id])
        return
    _set((Rhythm.person_id == person_id) & (Rhythm.next_at > at), next_at=None)
    set_next([person_id], at)
    ask_for_mail([person_id], at)


def habit_of(row: Any) -> Habit:
    """Return when somebody reads, from a row with a zone, an hour and a weekday."""
    return Habit(row.zone or DEFAULT_ZONE, row.hour, row.weekday)


def touch(person_ids: Iterable[int]) -> Sequence[Any]:
    """Count a change for each of these people and hold their rows, always in the same order."""
    ids = sorted(set(person_ids))
    if not ids:
        return ()
    new = insert_new(Rhythm).values([{"person_id": person_id} for person_id in ids])
    session().execute(new)
    held = (
        select(Rhythm.person_id, Rhythm.turns, Rhythm.told_at, Rhythm.hour, Rhythm.weekday)
        .add_columns(select(Account.zone).where(_is_theirs()).scalar_subquery().label("zone"))
        .where(Rhythm.person_id.in_(ids))
        .order_by(Rhythm.person_id)
        .with_for_update()
    )
    rows = session().execute(held).all()
    _set(Rhythm.person_id.in_(ids), changes=Rhythm.changes + 1)
    return rows


def _is_theirs() -> Any:
    return Account.person_id == Rhythm.person_id


def _set(which: Any, **values: Any) -> None:
    change = update(Rhythm).where(which).values(values)
    session().execute(change.execution_options(synchronize_session=False))
