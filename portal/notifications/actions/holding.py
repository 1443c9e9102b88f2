"""One at a time: whoever changes what a person wants to be told holds that person's row."""

from sqlalchemy import select, update

from portal.kernel.db import insert_new, session
from portal.notifications.actions.rhythm import touch
from portal.notifications.models import Rhythm
from portal.people.models import Person


def hold(person_id: int) -> None:
    """Let nobody else choose for this person until the act is over; a mail that is being written to
    them meanwhile is written anew."""
    person = select(Person.id).where(Person.id == person_id)
    session().execute(person.with_for_update(key_share=True))
    touch([person_id])


def set_rhythm(person_id: int, **values: object) -> None:
    """Set some of a person's rhythm; the rest is as it was, or as usual."""
    session().flush()
    session().execute(insert_new(Rhythm).values(person_id=person_id))
    session().execute(update(Rhythm).where(Rhythm.person_id == person_id).values(**values))
