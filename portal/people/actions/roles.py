"""Roles begin."""

from datetime import datetime

from portal.kernel.db import session
from portal.people.models import Person, Role


def appoint_administrator(person: Person, at: datetime) -> Role:
    """Make a person administrator of the whole installation."""
    role = Role(person_id=person.id, name="administrator", began_at=at)
    session().add(role)
    session().flush()
    return role
