"""Roles begin and end; they count from the next request."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.kernel.actors import ADMINISTRATOR, Actor
from portal.kernel.db import session
from portal.kernel.decisions import require
from portal.kernel.facts import record
from portal.people.facts import RoleGiven, RoleTaken
from portal.people.models import Person, Role
from portal.people.policy.duties import may_give_role, may_take_role


def appoint_administrator(person: Person, at: datetime) -> Role:
    """Make a person administrator from the start: of a demo, of a test; nobody is told."""
    return _begin(person, at, by_id=None, quietly=True)


def give_role(actor: Actor, person: Person, at: datetime) -> Role:
    """Make a person administrator of the whole installation."""
    held = held_roles()
    actor = as_held(actor, held)
    require(may_give_role(actor, person, has_it=any(one.person_id == person.id for one in held)))
    try:
        with session().begin_nested():
            return _begin(person, at, by_id=actor.person_id)
    except IntegrityError:
        # Another click was a moment earlier: the rule knows why not.
        require(may_give_role(actor, person, has_it=True))
        raise


def take_role(actor: Actor, person: Person, at: datetime) -> None:
    """End a person's duty as administrator; never the last one's."""
    held = held_roles()
    actor = as_held(actor, held)
    theirs = [one for one in held if one.person_id == person.id]
    others = leads_elsewhere(held, person.id)
    require(may_take_role(actor, has_it=bool(theirs), others=others))
    for role in theirs:
        role.ended_at = at
        session().flush()
        record(RoleTaken(person.id, role.id, actor.person_id), at)


def held_roles() -> list[Role]:
    """Return every administrator's role and hold them: of two who end the last two, one waits."""
    query = (
        select(Role)
        .where(Role.name == ADMINISTRATOR, Role.ended_at.is_(None))
        .order_by(Role.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session().scalars(query))


def as_held(actor: Actor, held: list[Role]) -> Actor:
    """Return the actor as they stand now: the role they came with may have been taken meanwhile."""
    if actor.person_id is None or any(one.person_id == actor.person_id for one in held):
        return actor
    return replace(actor, roles=actor.roles - {ADMINISTRATOR})


def leads_elsewhere(held: list[Role], person_id: int) -> bool:
    """Say whether somebody else, who is not kept out, is administrator, too."""
    others = [one.person_id for one in held if one.person_id != person_id]
    welcome = select(Person.id).where(Person.id.in_(others), Person.suspended_at.is_(None))
    return session().scalars(welcome.limit(1)).first() is not None


def _begin(person: Person, at: datetime, *, by_id: int | None, quietly: bool = False) -> Role:
    role = Role(person_id=person.id, name=ADMINISTRATOR, began_at=at)
    session().add(role)
    session().flush()
    record(RoleGiven(person.id, role.id, by_id), at, quietly=quietly)
    return role
