"""People say that what they tell about themselves is still right."""

from datetime import datetime

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.facts import record
from portal.people.actions.profile import held_person
from portal.people.facts import ProfileConfirmed
from portal.people.policy.profile import is_due


def confirm_profile(actor: Actor, at: datetime) -> bool:
    """Confirm the profile for another year; say whether it was time to."""
    person = held_person(actor)
    if not is_due(person, at):
        return False
    person.confirmed_at = at
    session().flush()
    record(ProfileConfirmed(person.id), at)
    return True
