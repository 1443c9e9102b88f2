"""Which people somebody may see, and in which columns: `people.queries.is_shown`, for lists."""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select, true

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.networks.models import Membership
from portal.networks.queries import is_near
from portal.people.models import Person
from portal.people.policy import reached
from portal.people.queries import is_shown


def visible_people(actor: Actor) -> Select[Any]:
    """Select the people the actor may see; the only way from an address or a name to a person."""
    return select(*columns(Person)).where(may_be_seen_by(actor, Person))


def columns(people: Any) -> tuple[Any, ...]:
    """Return what a list of people shows, from the table or from a part of it."""
    names = ("id", "public_id", "name", "headline", "municipality", "sort_key")
    return tuple(getattr(people, name) for name in names)


def may_be_seen_by(actor: Actor, people: Any, *fields: str) -> ColumnElement[bool]:
    """Say that somebody of `people` shows their name, and these fields, to the actor."""
    return is_shown(actor, people, is_near(actor, people.id), *fields)


def is_unseen_member(actor: Actor, network_id: int) -> bool:
    """Say whether the actor belongs to a network where the others don't see their name."""
    query = select(Person.id).where(
        Person.id == actor.person_id,
        Person.name_shown == "nobody",
        exists().where(
            Membership.person_id == Person.id,
            Membership.network_id == network_id,
            Membership.role != "coordinator",  # who coordinates is always known to members
            Membership.began_at.is_not(None),
            Membership.ended_at.is_(None),
        ),
    )
    return session().scalars(query).first() is not None


def grounds(actor: Actor, people: Any) -> list[ColumnElement[bool]]:
    """Return the grounds on which people may be seen, each enough, for a list to follow in order."""
    if actor.is_administrator:
        return [true()]
    far, close = reached(actor, None, near=False), reached(actor, None, near=True)
    everybody = [people.name_shown == audience for audience in sorted(far)]
    nearby = [people.name_shown == audience for audience in sorted(close - far)]
    active = people.suspended_at.is_(None)
    return [
        people.id == actor.person_id,
        *(ground & active for ground in everybody),
        *(ground & active & is_near(actor, people.id) for ground in nearby),
    ]
