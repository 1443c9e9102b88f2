"""A person's own memories."""

from sqlalchemy import select

from portal.journey.models import Memory
from portal.journey.policy import When
from portal.kernel.actors import Actor
from portal.kernel.db import session


def found_memory(public_id: str, actor: Actor) -> Memory | None:
    """Find one of the actor's own memories by its address."""
    query = select(Memory).where(Memory.public_id == public_id, Memory.person_id == actor.person_id)
    return session().scalars(query).one_or_none()


def same_memory(person_id: int, when: When, text: str) -> Memory | None:
    """Find a memory that says the same of the same time: a form that was sent twice."""
    query = select(Memory).where(
        Memory.person_id == person_id,
        Memory.began_on == when.began_on,
        Memory.precision == when.precision,
        Memory.text == text,
    )
    return session().scalars(query.limit(1)).first()
