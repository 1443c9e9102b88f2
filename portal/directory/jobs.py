"""Before a door closes by itself, its person is asked by mail whether it should stay: once."""

from datetime import timedelta

from portal.accounts.queries import account_of
from portal.kernel import clock, jobs
from portal.kernel.db import session
from portal.kernel.mail import post
from portal.kernel.text import DEFAULT_LANGUAGE, _l
from portal.kernel.worker import every
from portal.people.actions import mark_asked, question_secret
from portal.people.models import Door, Person
from portal.people.policy.door import ASKED_BEFORE, is_over
from portal.people.queries import primary_address
from portal.people.queries.door import ids_to_ask
from portal.web.mailing import write

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
    """Ask one person; nobody who is kept out or has no address.

    The mail says nothing of what they are open to: it may be read at work.
    """
    person = session().get_one(Person, door.person_id)
    address, account = primary_address(person.id), account_of(person.id)
    if address is None or person.suspended_at is not None:
        return
    letter = write(
        "door_question",
        account.language if account else DEFAULT_LANGUAGE,
        _l("Is it still as you want it?"),
        person=person,
        link=f"/door/{door.public_id}/{question_secret(door)}",
        expires_on=door.expires_on,
        over=is_over(door, clock.now().date()),
    )
    post(letter, address, person.id)
