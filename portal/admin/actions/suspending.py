"""Keep somebody out: from this moment, at every browser."""

from datetime import datetime

from portal.accounts.actions import end_sessions
from portal.kernel.actors import Actor
from portal.people.actions import suspend_person
from portal.people.models import Person


def suspend(actor: Actor, person: Person, reason: str, at: datetime) -> None:
    """Suspend a person and end all their sessions. NotAllowed for oneself and the last administrator."""
    suspend_person(actor, person, reason, at)
    end_sessions(Actor(person.id), at)
