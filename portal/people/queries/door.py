"""One's own door: how it stands, how it stood, and what goes with it."""

from datetime import date
from typing import Any, cast

from sqlalchemy import Integer, String, literal, null, select, union_all
from sqlalchemy import cast as as_type

from portal.kernel.db import session
from portal.kernel.paging import Page, decode, page_of
from portal.people.models import Door, DoorExclusion, DoorPlace, DoorTopic
from portal.people.policy.door import FORMS, Choice, Position, topic_key

EARLIER = 10  # doors on a page of the history


def current_door(person_id: int) -> Door | None:
    """Return a person's door as it stands now; None when they never had one."""
    query = select(Door).where(Door.person_id == person_id, Door.ended_at.is_(None))
    return session().scalars(query.execution_options(populate_existing=True)).one_or_none()


def door_called(public_id: str) -> Door | None:
    """Find a door, current or former, by the id in a mailed link."""
    return session().scalars(select(Door).where(Door.public_id == public_id)).one_or_none()


def doors_of(person_id: int, after: str | None = None) -> Page[Door]:
    """Return a page of a person's doors, the current one first. Raises WrongCursor."""
    query = select(Door).where(Door.person_id == person_id)
    if key := decode(after, int):
        query = query.where(Door.id < key[0])
    rows = session().scalars(query.order_by(Door.id.desc()).limit(EARLIER + 1)).all()
    return page_of(rows, lambda door: (door.id,), EARLIER)


def choice_of(door: Door | None) -> Choice:
    """Return what a person has chosen; one query."""
    if door is None:
        return Choice()
    found: dict[str, list[Any]] = {"topic": [], "place": [], "organisation": [], "domain": []}
    for kind, number, told in session().execute(_details(door)):
        found[kind].append(number if kind == "organisation" else told)
    return Choice(
        position=cast("Position", door.position),
        topics=tuple(sorted(found["topic"], key=topic_key)),
        places=tuple(sorted(found["place"])),
        forms=frozenset(form for form in FORMS if getattr(door, form)),
        earliest_on=door.earliest_on,
        contact_months=door.contact_months,
        paused_until=door.paused_until,
        organisations=frozenset(found["organisation"]),
        domains=frozenset(key.removeprefix("domain:") for key in found["domain"]),
    )


def ids_to_ask(before: date, most: int) -> list[int]:
    """Return the doors whose time is over before that day and whose people were not asked."""
    query = (
        select(Door.id)
        .where(Door.ended_at.is_(None), Door.asked_at.is_(None), Door.expires_on <= before)
        .order_by(Door.expires_on, Door.id)
    )
    return list(session().scalars(query.limit(most)))


def _details(door: Door) -> Any:
    nothing = as_type(null(), Integer)
    mine = (DoorExclusion.person_id == door.person_id, DoorExclusion.ended_at.is_(None))
    return union_all(
        select(literal("topic").label("kind"), nothing, DoorTopic.label.label("told")).where(
            DoorTopic.door_id == door.id
        ),
        select(literal("place"), nothing, DoorPlace.code).where(DoorPlace.door_id == door.id),
        select(literal("organisation"), DoorExclusion.organisation_id, as_type(null(), String))
        .where(*mine, DoorExclusion.organisation_id.is_not(None))
        .distinct(),
        select(literal("domain"), nothing, DoorExclusion.key).where(
            *mine, DoorExclusion.organisation_id.is_(None)
        ),
    )
