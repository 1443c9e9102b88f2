"""Which people somebody may see: `people.queries.is_shown`, with what the networks know of it."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, exists, select

from portal.directory.queries.asking import NETWORK
from portal.kernel.actors import Actor
from portal.kernel.db import Query, fetch
from portal.kernel.viewing import VIEWER
from portal.networks.models import Membership
from portal.networks.queries import is_active, is_near
from portal.people.models import Person
from portal.people.queries import is_shown


def may_be_seen_by(actor: Actor, people: Any, *fields: str) -> ColumnElement[bool]:
    """Say that somebody of `people` shows their name, and these fields, to the actor."""
    return is_shown(actor, people, is_near(actor, people.id), *fields)


def is_unseen_member(actor: Actor, network_id: int) -> bool:
    """Say whether the actor belongs to a network where the others don't see their name."""
    given = {"viewer": actor.person_id, "network": network_id}
    return bool(fetch(_unseen_member(), given))


@cache
def _unseen_member() -> Query:
    belongs = exists().where(
        Membership.person_id == Person.id,
        Membership.network_id == NETWORK,
        Membership.role != "coordinator",  # who coordinates is always known to members
        is_active(),
    )
    return select(Person.id).where(Person.id == VIEWER, Person.name_shown == "nobody", belongs)
