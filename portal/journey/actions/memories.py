"""Write down a memory, change it, take it away."""

from datetime import datetime

from sqlalchemy import select

from portal.journey.facts import MemoryAdded
from portal.journey.models import Memory
from portal.journey.policy import When
from portal.journey.queries import same_memory
from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.facts import forget, record
from portal.people.models import Person


def add_memory(actor: Actor, when: When, text: str, shown: str, at: datetime) -> bool:
    """Keep a memory of the actor's; say whether this click did it, not an earlier one."""
    # One after the other: the same form sent twice is one memory.
    query = select(Person.id).where(Person.id == actor.person_id).with_for_update()
    person_id = session().scalars(query).one()
    if same_memory(person_id, when, text) is not None:
        return False
    memory = Memory(
        public_id=keys.public_id(),
        person_id=person_id,
        began_on=when.began_on,
        precision=when.precision,
        text=text,
        shown=shown,
        created_at=at,
    )
    session().add(memory)
    session().flush()
    _tell(memory, when, at)
    return True


def change_memory(memory: Memory, when: When, text: str, shown: str, at: datetime) -> bool:
    """Change a memory; say whether anything was new."""
    moved = (memory.began_on, memory.precision) != (when.began_on, when.precision)
    memory.began_on, memory.precision = when.began_on, when.precision
    memory.text, memory.shown = text, shown
    changed = session().is_modified(memory)
    session().flush()
    if moved:
        forget("memory", memory.id)
        _tell(memory, when, at)
    return changed


def remove_memory(memory: Memory) -> None:
    """Take a memory away, as if it had never been written down."""
    forget("memory", memory.id)
    session().delete(memory)
    session().flush()


def _tell(memory: Memory, when: When, at: datetime) -> None:
    """Put the memory where it belongs in the history."""
    record(MemoryAdded(memory.person_id, memory.id), at, happened=when.instant())
