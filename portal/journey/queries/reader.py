"""Who reads whose journey, and how."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.journey.policy import Sight
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.people.models import Person
from portal.people.policy import EVERY_AUDIENCE


@dataclass(frozen=True)
class Reader:
    """Who reads whose journey, and how; `shared` are slugs of networks where both belong."""

    viewer: Actor
    person_id: int
    sight: Sight
    at: datetime
    audiences: frozenset[str] = EVERY_AUDIENCE
    relations: bool = True
    shared: frozenset[str] = frozenset()


def person_named(public_id: str) -> Any | None:
    """Find somebody by their address, for those who may see everybody."""
    query = select(Person.id, Person.public_id, Person.name).where(Person.public_id == public_id)
    return session().execute(query).one_or_none()
