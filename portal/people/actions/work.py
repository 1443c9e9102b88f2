"""People tell where they have worked; it decides, too, whose colleagues they are."""

from dataclasses import astuple
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from portal.kernel.actors import Actor
from portal.kernel.db import changed, session
from portal.kernel.decisions import require
from portal.kernel.facts import record
from portal.people.actions.affiliations import renew_affiliations
from portal.people.actions.profile import held_person
from portal.people.facts import ProfileChanged
from portal.people.models import Work
from portal.people.policy.profile import Workplace, has_room


def add_work(actor: Actor, told: Workplace, at: datetime) -> bool:
    """Add a time at a workplace; say whether it was new. NotAllowed when there is no more room."""
    person = held_person(actor)
    if session().scalar(_mine(actor, Work.id).where(*_is(told)).limit(1)) is not None:
        return False
    require(has_room("work", session().scalar(_mine(actor, func.count())) or 0))
    session().add(Work(person_id=person.id, **vars(told)))
    _changed(person.id, at)
    return True


def change_work(actor: Actor, work: Work, told: Workplace, at: datetime) -> bool:
    """Change one of the actor's own workplaces; say whether anything was new."""
    if work.person_id != held_person(actor).id:
        return False
    for name, value in vars(told).items():
        setattr(work, name, value)
    if not session().is_modified(work):
        return False
    _changed(work.person_id, at)
    return True


def remove_work(actor: Actor, number: int, at: datetime) -> bool:
    """Take away a workplace of the actor's own; say whether it was there."""
    person = held_person(actor)
    mine = delete(Work).where(Work.person_id == person.id, Work.id == number)
    if not changed(mine):
        return False
    _changed(person.id, at)
    return True


def _mine(actor: Actor, *columns: Any) -> Any:
    return select(*columns).select_from(Work).where(Work.person_id == actor.person_id)


def _is(told: Workplace) -> list[Any]:
    columns = (Work.workplace, Work.title, Work.text, Work.began_on, Work.ended_on)
    return [column == value for column, value in zip(columns, astuple(told), strict=True)]


def _changed(person_id: int, at: datetime) -> None:
    session().flush()
    renew_affiliations(person_id)
    record(ProfileChanged(person_id), at)
