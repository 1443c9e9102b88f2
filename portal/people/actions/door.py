"""People set their door; each change is a new row, and what stood before stays in the history."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.db import changed, insert_new, session
from portal.kernel.decisions import NotAllowed
from portal.kernel.facts import Fact, record
from portal.people.facts import DoorKept, DoorSet
from portal.people.models import Door, DoorExclusion, DoorPlace, DoorTopic, Organisation
from portal.people.policy import organisation_keys
from portal.people.policy.door import (
    FORMS,
    MONTHS_PAUSED,
    STALE,
    Choice,
    expires,
    months_after,
    topic_key,
)
from portal.people.queries.door import choice_of, current_door

Exclusion = tuple[int | None, str]


def set_door(actor: Actor, choice: Choice, seen: str, at: datetime) -> bool:
    """Let a choice count from now on; say whether it was another one than before.

    `seen` is the public id of the door the actor looked at while choosing ("" for none). NotAllowed
    when it was changed meanwhile, say in another window.
    """
    person_id = actor.own_id
    door = current_door(person_id)
    if _stands_so(door, choice, at):
        return False
    if (door.public_id if door else "") != seen or not _put(person_id, door, choice, at):
        if _stands_so(current_door(person_id), choice, at):
            return False  # another click was a moment earlier
        raise NotAllowed(STALE)
    _exclude(person_id, choice, at)
    return True


def pause_door(actor: Actor, at: datetime) -> bool:
    """Take a break of a month; say whether it is longer than the one there was."""
    door, until = current_door(actor.own_id), months_after(at.date(), MONTHS_PAUSED)
    if door is None or (door.paused_until and door.paused_until >= until):
        return False
    return _change(door, replace(choice_of(door), paused_until=until), at)


def resume_door(actor: Actor, at: datetime) -> bool:
    """End the break; say whether there was one."""
    door = current_door(actor.own_id)
    if door is None or door.paused_until is None:
        return False
    return _change(door, replace(choice_of(door), paused_until=None), at)


def keep_door(door: Door, at: datetime) -> bool:
    """Leave the door as it is for another half year; say whether there was anything to do."""
    if door.expires_on == expires(door.position, at.date()):
        return False
    return _change(door, choice_of(door), at)


def close_door(door: Door, at: datetime) -> bool:
    """Close the door; say whether there was anything to do."""
    if door.position == "closed":
        return False
    return _change(door, replace(choice_of(door), position="closed"), at)


def mark_asked(door: Door, at: datetime) -> bool:
    """Note that the person is asked whether the door still stands; say whether they were not before."""
    asked = (
        update(Door)
        .where(Door.id == door.id, Door.ended_at.is_(None), Door.asked_at.is_(None))
        .values(asked_at=at)
    )
    return changed(asked) > 0


def question_secret(door: Door) -> str:
    """Return the secret part of the mailed link that asks whether the door still stands."""
    asked_at = door.asked_at.timestamp() if door.asked_at else 0
    return keys.keyed("door question", door.public_id, int(asked_at))[:40]


def _change(door: Door, choice: Choice, at: datetime) -> bool:
    """Let a choice stand in the place of a current door; False when that is not current any more."""
    return _put(door.person_id, door, choice, at)


def _stands_so(door: Door | None, choice: Choice, at: datetime) -> bool:
    """Say whether the door stands as chosen, and for as long as if it were set now."""
    if door is None:
        return choice.means(at.date()) == Choice().means(at.date())
    lasts = door.expires_on == expires(choice.position, at.date())
    return lasts and _same(choice_of(door), choice, at)


def _same(one: Choice, other: Choice, at: datetime) -> bool:
    return one.means(at.date()) == other.means(at.date())


def _put(person_id: int, door: Door | None, choice: Choice, at: datetime) -> bool:
    """Let a new door follow on `door`, with its fact; False when another one already has."""
    known = choice_of(door)
    if door is not None and not _end(door.id, at):
        return False
    number = _add(person_id, choice, at)
    if number is None:
        return False
    topics = {topic_key(label): label for label in choice.topics}
    for key, label in topics.items():
        session().add(DoorTopic(door_id=number, folded=key, label=label))
    for code in sorted(set(choice.places)):
        session().add(DoorPlace(door_id=number, code=code))
    session().flush()
    kept = door is not None and _same(known, choice, at)
    fact: Fact = (DoorKept if kept else DoorSet)(person_id, number)
    record(fact, at)
    return True


def _end(door_id: int, at: datetime) -> bool:
    """End a door that is still current; say whether this is who did it."""
    ended = (
        update(Door)
        .where(Door.id == door_id, Door.ended_at.is_(None))
        .values(ended_at=at)
        .execution_options(synchronize_session=False)
    )
    return changed(ended) > 0


def _add(person_id: int, choice: Choice, at: datetime) -> int | None:
    """Add a door; None when there is a current one already."""
    values: dict[str, Any] = {
        "public_id": keys.public_id(),
        "person_id": person_id,
        "position": choice.position,
        **{form: form in choice.forms for form in FORMS},
        "earliest_on": choice.earliest_on,
        "contact_months": choice.contact_months,
        "paused_until": choice.paused_until,
        "began_at": at,
        "expires_on": expires(choice.position, at.date()),
    }
    number: int | None = session().scalar(insert_new(Door).values(values).returning(Door.id))
    return number


def _exclude(person_id: int, choice: Choice, at: datetime) -> None:
    """Shut out whom the choice names and nobody else."""
    mine = (DoorExclusion.person_id == person_id, DoorExclusion.ended_at.is_(None))
    query = select(DoorExclusion.id, DoorExclusion.organisation_id, DoorExclusion.key)
    rows = session().execute(query.where(*mine)).all()
    wanted = set(_exclusions(choice))
    ended = [number for number, *exclusion in rows if tuple(exclusion) not in wanted]
    over = update(DoorExclusion).where(DoorExclusion.id.in_(ended)).values(ended_at=at)
    session().execute(over.execution_options(synchronize_session=False))
    new = wanted - {(organisation_id, key) for _number, organisation_id, key in rows}
    added = [
        {"person_id": person_id, "organisation_id": organisation_id, "key": key, "began_at": at}
        for organisation_id, key in sorted(new, key=str)
    ]
    if added:
        session().execute(insert(DoorExclusion), added)


def _exclusions(choice: Choice) -> list[Exclusion]:
    query = select(Organisation.id, Organisation.name, Organisation.domain)
    found: list[Exclusion] = [(None, f"domain:{domain}") for domain in choice.domains]
    for number, name, domain in session().execute(
        query.where(Organisation.id.in_(choice.organisations))
    ):
        found += [(number, key) for key in organisation_keys(number, name, domain)]
    return found
