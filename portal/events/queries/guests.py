"""Who is coming, as far as each lets the one who looks see their name."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from portal.events.models import Registration
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.networks.models import Membership
from portal.networks.queries import my_network_ids
from portal.people.models import Person

FIRST = 12


def first_guests(actor: Actor, event_id: int) -> Sequence[Any]:
    """Return the names of the first guests whose names the actor sees, in Swedish order."""
    query = (
        select(Person.id, Person.name)
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.event_id == event_id, Registration.ended_at.is_(None))
        .where(_shows_name(actor))
        .order_by(Person.sort_key, Person.id)
        .limit(FIRST)
    )
    return session().execute(query).all()


def shares_network(actor: Actor) -> ColumnElement[bool]:
    """Say that a person belongs to a network of the actor's.

    A guest need not belong to the network whose event it is, so that can't be taken for granted.
    """
    if not actor.is_signed_in:
        return false()
    theirs = Membership.__table__.alias("theirs")
    active = and_(theirs.c.began_at.is_not(None), theirs.c.ended_at.is_(None))
    shared = theirs.c.network_id.in_(my_network_ids(actor))
    return (
        select(theirs.c.id)
        .where(theirs.c.person_id == Person.id, active, shared)
        .correlate(Person)
        .exists()
    )


def _shows_name(actor: Actor) -> ColumnElement[bool]:
    """Say what `people.policy.may_see_name` says, in SQL."""
    if actor.is_administrator:
        return true()
    if not actor.is_signed_in:
        return false()
    to_networks = and_(Person.name_shown == "networks", shares_network(actor))
    return or_(Person.name_shown == "members", Person.id == actor.person_id, to_networks)
