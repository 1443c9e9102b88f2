"""Who sees what of whom, in SQL: the rule is `people.policy.reached`, asked here and not repeated."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true

from portal.kernel.actors import Actor
from portal.people.policy import reached

NOBODY = -1  # no person's id


def is_shown(
    actor: Actor, people: Any, near: ColumnElement[bool], *fields: str
) -> ColumnElement[bool]:
    """Say that the actor sees these fields of somebody of `people`; a field goes with the name.

    `people` has the columns of Person, `near` says that the two share a network
    (networks.queries.is_near).
    """
    if actor.is_administrator:
        return true()
    if not actor.is_signed_in:
        return false()
    shown = [_reaches(actor, people, near, field) for field in ("name", *fields)]
    return or_(people.id == actor.person_id, and_(people.suspended_at.is_(None), *shown))


def _reaches(
    actor: Actor, people: Any, near: ColumnElement[bool], field: str
) -> ColumnElement[bool]:
    """Say that the field's audience is one that the actor belongs to."""
    audience = getattr(people, f"{field}_shown")
    far, close = reached(actor, NOBODY, near=False), reached(actor, NOBODY, near=True)
    return or_(audience.in_(sorted(far)), and_(audience.in_(sorted(close - far)), near))
