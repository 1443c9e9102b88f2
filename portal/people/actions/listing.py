"""People add to the lists of their profile, and take away: skills, languages, links, contact ways.

Adding what is there already, or taking away what is gone, is no error and changes nothing.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from portal.kernel.actors import Actor
from portal.kernel.db import changed, session
from portal.kernel.decisions import require
from portal.kernel.facts import record
from portal.people.actions.profile import held_person
from portal.people.facts import ProfileChanged
from portal.people.models import ContactWay, Link, Skill, SpokenLanguage
from portal.people.policy.profile import has_room, skill_key
from portal.taxonomy import skills

Listed = Skill | SpokenLanguage | Link | ContactWay


def add_skill(actor: Actor, label: str, at: datetime) -> bool:
    """Add a skill."""
    row = new_skill(label)
    return _add(actor, "skills", row, at, folded=row.folded)


def remove_skill(actor: Actor, key: str, at: datetime) -> bool:
    """Take a skill away."""
    return _remove(actor, Skill, at, folded=key)


def add_language(actor: Actor, code: str, level: str, at: datetime) -> bool:
    """Add a language, or say that one is spoken at another level."""
    person = held_person(actor)
    known = session().get(SpokenLanguage, (person.id, code))
    if known is None:
        row = SpokenLanguage(code=code, level=level)
        return _add(actor, "languages", row, at, code=code)
    if known.level == level:
        return False
    known.level = level
    session().flush()
    record(ProfileChanged(person.id), at)
    return True


def remove_language(actor: Actor, code: str, at: datetime) -> bool:
    """Take a language away."""
    return _remove(actor, SpokenLanguage, at, code=code)


def add_link(actor: Actor, url: str, label: str, at: datetime) -> bool:
    """Add a link."""
    return _add(actor, "links", Link(url=url, label=label), at, url=url)


def remove_link(actor: Actor, number: int, at: datetime) -> bool:
    """Take a link of one's own away."""
    return _remove(actor, Link, at, id=number)


def add_way(actor: Actor, kind: str, value: str, at: datetime) -> bool:
    """Add a way to be reached."""
    return _add(actor, "contact", ContactWay(kind=kind, value=value), at, kind=kind, value=value)


def remove_way(actor: Actor, number: int, at: datetime) -> bool:
    """Take a way to be reached away."""
    return _remove(actor, ContactWay, at, id=number)


def new_skill(label: str) -> Skill:
    """Make a skill's row; one of the list is written as the list writes it."""
    concept = skills.concept_of(label)
    word = concept.label if concept else label
    return Skill(label=word, folded=skill_key(word), concept_id=concept.id if concept else None)


def _add(actor: Actor, part: str, row: Listed, at: datetime, **same: Any) -> bool:
    """Add a row unless there is one with the `same` values. NotAllowed when there is no more room."""
    person = held_person(actor)
    model = type(row)
    mine = select(func.count()).select_from(model).where(model.person_id == person.id)
    if session().scalar(mine.filter_by(**same)):
        return False
    require(has_room(part, session().scalar(mine) or 0))
    row.person_id = person.id
    session().add(row)
    session().flush()
    record(ProfileChanged(person.id), at)
    return True


def _remove(actor: Actor, model: type[Listed], at: datetime, **which: Any) -> bool:
    """Take a row of the actor's own away; say whether it was there."""
    person = held_person(actor)
    mine = delete(model).where(model.person_id == person.id).filter_by(**which)
    if not changed(mine):
        return False
    record(ProfileChanged(person.id), at)
    return True
