"""Who is coming, as far as each lets the one who looks see their name."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from portal.events.models import Registration
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.networks.queries import is_near
from portal.people.models import Person
from portal.people.queries import is_shown

FIRST = 12


def first_guests(actor: Actor, event_id: int) -> Sequence[Any]:
    """Return the names of the first guests whose names the actor sees, in Swedish order."""
    query = (
        select(Person.id, Person.name)
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.event_id == event_id, Registration.ended_at.is_(None))
        .where(is_shown(actor, Person, is_near(actor, Person.id)))
        .order_by(Person.sort_key, Person.id)
        .limit(FIRST)
    )
    return session().execute(query).all()
