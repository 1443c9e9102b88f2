"""Memories of the demo world's people."""

from datetime import datetime
from typing import Any

from portal.journey.actions import add_memory
from portal.journey.policy import When, when
from portal.kernel.actors import Actor
from portal.people.models import Person


def make_memories(told: list[dict[str, Any]], people: dict[str, Person], at: datetime) -> None:
    """Write down what people remember."""
    for one in told:
        person = people[one["person"]]
        add_memory(Actor(person.id, person.name), _when(one["when"]), one["text"], one["shown"], at)


def _when(written: str) -> When:
    """Read a year, a month or a day."""
    year, month, day = (*(int(part) for part in written.split("-")), None, None)[:3]
    return when(year or 0, month, day)
