"""Which people somebody may see: `people.queries.is_shown`, with what the networks know of it."""

from typing import Any

from sqlalchemy import ColumnElement, exists, select

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.networks.models import Membership
from portal.networks.queries import is_active, is_near
from portal.people.models import Person
from portal.people.queries import is_shown


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
            is_active(),
        ),
    )
    return session().scalars(query).first() is not None
