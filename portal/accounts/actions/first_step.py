"""Whoever has a second step is not in after the first: it is written down, and waits."""

from datetime import datetime

from portal.accounts import queries
from portal.accounts.models import FirstStep
from portal.accounts.policy import may_sign_in
from portal.kernel import keys
from portal.kernel.db import session
from portal.kernel.decisions import require
from portal.people.models import Person


def take_first_step(
    person: Person, way: str, at: datetime, next_path: str | None = None
) -> FirstStep:
    """Remember that somebody has shown the first of two things. NotAllowed when suspended."""
    require(may_sign_in(person.suspended_at is not None, queries.reason_of_suspension(person)))
    taken = FirstStep(
        public_id=keys.public_id(),
        person_id=person.id,
        way=way,
        next_path=next_path,
        created_at=at,
    )
    session().add(taken)
    session().flush()
    return taken
