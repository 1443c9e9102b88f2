"""One's own door: how it stands, how it stood, and what goes with it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from sqlalchemy import Integer, Select, String, literal, null, select, union_all
from sqlalchemy import cast as as_type

from portal.kernel.db import session
from portal.people.models import Door, DoorExclusion, DoorPlace, DoorTopic, Organisation
from portal.people.policy.door import FORMS, Choice, Position, topic_key


def current_door(person_id: int) -> Door | None:
    """Return a person's door as it stands now; None when they never had one."""
    query = select(Door).where(Door.person_id == person_id, Door.ended_at.is_(None))
    return session().scalars(query.execution_options(populate_existing=True)).one_or_none()


def door_called(public_id: str) -> Door | None:
    """Find a door, current or former, by the id in a mailed link."""
    query = select(Door).where(Door.public_id == public_id)
    return session().scalars(query.execution_options(populate_existing=True)).one_or_none()


def ids_to_ask(before: date, most: int) -> list[int]:
    """Return the doors whose time is over by that day and whose people were not asked."""
    query = (
        select(Door.id)
        .where(Door.ended_at.is_(None), Door.asked_at.is_(None), Door.expires_on <= before)
        .order_by(Door.expires_on, Door.id)
    )
    return list(session().scalars(query.limit(most)))


def choice_of(door: Door | None) -> Choice:
    """Return what a person has chosen; one query."""
    if door is None:
        return Choice()
    return choice_from(door, session().execute(union_all(*details(door))))


def choice_from(door: Door, rows: Iterable[Any]) -> Choice:
    """Return what a person has chosen, from the rows of `details`."""
    found: dict[str, list[Any]] = {"topic": [], "place": [], "excluded": []}
    for row in rows:
        if row.kind in found:
            found[row.kind].append(row)
    excluded = found["excluded"]
    return Choice(
        position=cast("Position", door.position),
        topics=tuple(sorted((row.key for row in found["topic"]), key=topic_key)),
        places=tuple(sorted(row.key for row in found["place"])),
        forms=frozenset(form for form in FORMS if getattr(door, form)),
        earliest_on=door.earliest_on,
        contact_months=door.contact_months,
        paused_until=door.paused_until,
        organisations=frozenset(row.number for row in excluded if row.number is not None),
        domains=frozenset(
            row.key.removeprefix("domain:") for row in excluded if row.number is None
        ),
    )


def details(door: Door) -> list[Select[Any]]:
    """Return what a door holds as queries of `part`: topics, places, and who is shut out."""
    excluded = part(
        "excluded",
        number=DoorExclusion.organisation_id,
        key=DoorExclusion.key,
        name=Organisation.name,
        domain=Organisation.domain,
    ).select_from(DoorExclusion)
    return [
        part("topic", key=DoorTopic.label).where(DoorTopic.door_id == door.id),
        part("place", key=DoorPlace.code).where(DoorPlace.door_id == door.id),
        excluded.outerjoin(Organisation).where(
            DoorExclusion.person_id == door.person_id, DoorExclusion.ended_at.is_(None)
        ),
    ]


def part(kind: Any, **columns: Any) -> Select[Any]:
    """Select a part of what is asked in one query: its kind, and columns that all parts share."""
    nothing = as_type(null(), String)
    given: dict[str, Any] = dict.fromkeys(("number", "key", "name", "domain"), nothing)
    given["number"] = as_type(null(), Integer)
    told = literal(kind) if isinstance(kind, str) else kind
    labelled = (column.label(name) for name, column in {**given, **columns}.items())
    return select(told.label("kind"), *labelled)
