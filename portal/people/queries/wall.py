"""The two-hats wall: colleagues never see that somebody looks for work, nor do those shut out."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select
from sqlalchemy.orm import aliased

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.people.models import Affiliation, DoorExclusion

Excludes = Callable[[Any, Any], ColumnElement[bool]]


def is_walled_off(
    viewer_id: Any, owner_id: Any, today: Any, is_shut_out: Excludes | None = None
) -> ColumnElement[bool]:
    """Say that the viewer must see no candidate facts of the owner, whatever else they may see.

    Ids and the day may be columns, parameters or values. `is_shut_out` says whose people the owner
    shuts out, if not those they have chosen: what they are about to choose. It holds for
    administrators and coordinators, too; of themselves people see all.
    """
    excludes = is_shut_out or is_excluded
    theirs, excluded = aliased(Affiliation), aliased(Affiliation)
    mine = aliased(Affiliation)
    shut_out = exists().where(
        excluded.person_id == viewer_id,
        is_current(excluded, today),
        excludes(excluded.key, owner_id),
    )
    colleagues = exists().where(
        theirs.person_id == viewer_id,
        is_current(theirs, today),
        theirs.joins,
        mine.person_id == owner_id,
        mine.key == theirs.key,
        is_current(mine, today),
        mine.joins,
    )
    other: ColumnElement[bool] = viewer_id != owner_id
    return and_(or_(shut_out, colleagues), other)


def sees_no_candidacy(actor: Actor, person_id: int, today: date) -> bool:
    """Say whether the actor stands on the other side of the wall from a person."""
    return bool(session().scalar(select(is_walled_off(literal(actor.person_id), person_id, today))))


def is_excluded(key: Any, owner_id: Any) -> ColumnElement[bool]:
    """Say that the owner shuts out the people with this key, within an EXISTS.

    Not with one of its own: that would be two levels below the owner's column, and not find it.
    """
    chosen = aliased(DoorExclusion)
    return and_(chosen.person_id == owner_id, chosen.key == key, chosen.ended_at.is_(None))


def is_current(affiliation: Any, today: Any) -> ColumnElement[bool]:
    """Say that somebody still belongs there."""
    return or_(affiliation.until.is_(None), affiliation.until >= today)
