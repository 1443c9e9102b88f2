"""A door on its owner's page, as far as the one who looks may know of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import literal, select, true, union_all
from sqlalchemy.orm import aliased

from portal.directory.queries.doors import knows, standing_as
from portal.kernel.db import session
from portal.people.models import Door, DoorPlace, DoorTopic
from portal.people.policy import Reach
from portal.people.policy.door import FORMS, Form, Position


@dataclass(frozen=True)
class SeenDoor:
    """What somebody is open to; how often they want to be asked is for those who might."""

    position: Position
    topics: list[str]
    places: list[str]
    forms: list[Form]
    earliest_on: date | None
    contact_months: int | None
    paused_until: date | None
    expires_on: date | None


def seen_door(person_id: int, reach: Reach, today: date) -> SeenDoor | None:
    """Return a person's door if the one who looks knows of it; one query, whatever the answer."""
    door = aliased(Door)
    seen = true() if reach.is_self else knows(door, standing_as(reach, person_id), today)
    mine = (door.person_id == person_id, door.ended_at.is_(None), seen)
    current = select(door.id).where(*mine).scalar_subquery()
    parts = union_all(
        select(literal("topic").label("kind"), DoorTopic.label.label("told")).where(
            DoorTopic.door_id == current
        ),
        select(literal("place"), DoorPlace.code).where(DoorPlace.door_id == current),
    ).subquery()
    query = select(door, parts.c.kind, parts.c.told).outerjoin(parts, true())
    rows = session().execute(query.where(*mine).order_by(parts.c.told)).all()
    return _seen(rows, reach) if rows else None


def _seen(rows: Any, reach: Reach) -> SeenDoor:
    door = rows[0][0]
    might_ask = reach.is_self or reach.coordinates or reach.actor.is_administrator
    return SeenDoor(
        position=cast("Position", door.position),
        topics=[told for _door, kind, told in rows if kind == "topic"],
        places=[told for _door, kind, told in rows if kind == "place"],
        forms=[form for form in FORMS if getattr(door, form)],
        earliest_on=door.earliest_on,
        contact_months=door.contact_months if might_ask else None,
        paused_until=door.paused_until,
        expires_on=door.expires_on,
    )
