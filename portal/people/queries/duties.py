"""Who administers the installation now."""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import aliased

from portal.kernel.actors import ADMINISTRATOR
from portal.kernel.db import session
from portal.people.models import Role


def administers(person_id: Any) -> ColumnElement[bool]:
    """Say that a person, by a column, a parameter or an id, administers now."""
    role = aliased(Role)
    return exists().where(role.person_id == person_id, *_stands(role))


def administrator_ids() -> Select[int]:
    """Select who administers now."""
    return select(Role.person_id).where(*_stands(Role))


def is_administrator(person_id: int) -> bool:
    """Say whether a person administers now."""
    return bool(session().scalar(select(administers(person_id))))


def _stands(role: Any) -> tuple[ColumnElement[bool], ...]:
    return role.name == ADMINISTRATOR, role.ended_at.is_(None)
