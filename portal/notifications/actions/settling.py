"""Settle what has been told by mail: each thing once, whoever else writes the same mail."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import tuple_, update

from portal.kernel.db import session
from portal.notifications.models import NoticeItem, Rhythm
from portal.notifications.policy.sorting import Waiting

MOST_AT_ONCE = 500


class ChangedMeanwhile(RuntimeError):
    """Something was told, chosen or mailed since a mail was written; what was done here is undone."""


def settle(
    person_id: int, changes: int, items: Sequence[Waiting], at: datetime, **rhythm: Any
) -> None:
    """Let these things be told, if all is as it was when `changes` was read; set the person's rhythm.

    Raises ChangedMeanwhile otherwise. The row is held from here on: who else would write waits.
    """
    same = (Rhythm.person_id == person_id, Rhythm.changes == changes)
    turn = update(Rhythm).where(*same).values(changes=changes + 1, **rhythm)
    _exactly(1, turn)
    for start in range(0, len(items), MOST_AT_ONCE):
        keys = [(one.fact, one.subject_id) for one in items[start : start + MOST_AT_ONCE]]
        told = update(NoticeItem).where(
            NoticeItem.person_id == person_id,
            NoticeItem.settled_at.is_(None),
            tuple_(NoticeItem.fact, NoticeItem.subject_id).in_(keys),
        )
        _exactly(len(keys), told.values(settled_at=at))


def _exactly(count: int, change: Any) -> None:
    done: Any = session().execute(change.execution_options(synchronize_session=False))
    if done.rowcount != count:
        raise ChangedMeanwhile
