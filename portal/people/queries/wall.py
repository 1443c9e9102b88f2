"""The two-hats wall: colleagues never see that somebody looks for work, nor do those shut out."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from portal.people.models import Affiliation, DoorExclusion


def is_walled_off(
    viewer_id: Any, owner_id: Any, today: Any, exclusions: Any = DoorExclusion
) -> ColumnElement[bool]:
    """Say that the viewer must see no candidate facts of the owner, whatever else they may see.

    Ids may be columns or numbers, `today` a date or a parameter. `exclusions` has the columns
    person_id and key: the table, or what somebody is about to choose. It holds for administrators
    and coordinators, too; of themselves people see all.
    """
    theirs, excluded = aliased(Affiliation), aliased(Affiliation)
    mine = aliased(Affiliation)
    shut_out = exists().where(
        excluded.person_id == viewer_id,
        is_current(excluded, today),
        exclusions.key == excluded.key,
        exclusions.person_id == owner_id,
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


def is_current(affiliation: Any, today: Any) -> ColumnElement[bool]:
    """Say that somebody still belongs there."""
    return or_(affiliation.until.is_(None), affiliation.until >= today)
