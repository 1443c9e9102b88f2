"""What was decided about a person: when they had duties, when they were kept out and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, cast, literal, null, select, union_all
from sqlalchemy.orm import aliased

from portal.kernel.db import session
from portal.people.models import Person, Role, Suspension


@dataclass(frozen=True)
class Decided:
    """A duty or a suspension: `what` is the duty's name, or "suspension"."""

    what: str
    reason: str
    began_at: datetime
    ended_at: datetime | None
    by: str | None


def decisions_about(person_id: int) -> Sequence[Decided]:
    """Return when a person had duties and when they were suspended, the latest first; one query."""
    by = aliased(Person)
    roles = select(Role.name, literal(""), Role.began_at, Role.ended_at, cast(null(), String))
    suspensions = (
        select(
            literal("suspension"),
            Suspension.reason,
            Suspension.began_at,
            Suspension.ended_at,
            by.name,
        )
        .outerjoin(by, by.id == Suspension.by_id)
        .where(Suspension.person_id == person_id)
    )
    both = union_all(roles.where(Role.person_id == person_id), suspensions)
    rows = [Decided(*row) for row in session().execute(both)]
    return sorted(rows, key=lambda one: one.began_at, reverse=True)
