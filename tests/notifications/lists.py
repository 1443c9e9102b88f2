"""Places on lists, and mails of them that wait in the box."""

from sqlalchemy import delete, select

from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.mail import Mail, MailClass
from portal.notifications.actions import mailing_list
from portal.people.models import Person

LISTS = ("", "weekly", "events", "events.bygg", "events.vard")


def link(person: Person, written: str) -> str:
    """Return the path that leads out of a list."""
    with unit_of_work():
        return mailing_list(person.id, written, clock.now()).off_path


def box(person: Person, other: Person, **more: object) -> None:
    """Put a mail of each list in the box for one, and the weekly digest for another."""
    mine = [(person, number, name) for number, name in enumerate(LISTS)]
    with unit_of_work() as work:
        work.execute(delete(Mail))
        for whose, number, name in [*mine, (other, 99, "weekly")]:
            urgency = MailClass.DIGEST if name else MailClass.TRANSACTIONAL
            row = Mail(person_id=whose.id, address="x@example.com", name="digest", urgency=urgency)
            row.message_id, row.list_id = f"<{number}@localhost>", name
            row.subject = row.text = row.html = "Hej"
            row.created_at = row.due_at = clock.now()
            for field, value in more.items():
                setattr(row, field, value)
            work.add(row)


def waiting(person: Person) -> list[str]:
    """Return the lists of somebody's mails in the box."""
    session().rollback()
    mine = select(Mail.list_id).where(Mail.person_id == person.id)
    return list(session().scalars(mine.order_by(Mail.message_id)))
