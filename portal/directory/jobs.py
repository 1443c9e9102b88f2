"""Before a door closes by itself, its person is asked by mail whether it should stay: once."""

from datetime import timedelta

from portal.accounts.queries import reader_of
from portal.kernel import clock, jobs
from portal.kernel.db import session
from portal.kernel.text import _l
from portal.kernel.worker import every
from portal.people.actions import mark_asked, question_secret
from portal.people.models import Door, Person
from portal.people.policy.door import ASKED_BEFORE, is_over
from portal.people.queries.door import ids_to_ask
from portal.web.mailing import send

NAME = "directory.ask_about_doors"
AT_ONCE = 200


@every(timedelta(days=1), NAME)
def ask_about_doors() -> None:
    """Ask those whose doors close within a fortnight, some at a time."""
    due = ids_to_ask(clock.now().date() + ASKED_BEFORE, AT_ONCE)
    for door_id in due:
        door = session().get_one(Door, door_id)
        if mark_asked(door, clock.now()):
            session().refresh(door)
            _mail(door)
    if len(due) == AT_ONCE:
        jobs.enqueue(NAME, {})


def _mail(door: Door) -> None:
    """Ask one person; nobody who is kept out.

    The mail says nothing of what they are open to: it may be read at work.
    """
    person = session().get_one(Person, door.person_id)
    if person.suspended_at is not None:
        return
    send(
        "door_question",
        reader_of(person.id),
        _l("Is it still as you want it?"),
        person=person,
        link=f"/door/{door.public_id}/{question_secret(door)}",
        expires_on=door.expires_on,
        over=is_over(door, clock.now().date()),
    )
