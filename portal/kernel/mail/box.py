"""The box that every mail is put into, in the transaction of the act that causes it."""

from datetime import datetime

from sqlalchemy import delete, select

from portal.kernel import clock, keys
from portal.kernel.db import session
from portal.kernel.mail.classes import MAILS, MailClass
from portal.kernel.mail.letters import Letter, MailingList, Reader
from portal.kernel.mail.models import Mail
from portal.kernel.settings import settings


def may_reach(reader: Reader, urgency: MailClass) -> bool:
    """Say whether a mail of this class goes to them, as their address stands."""
    if urgency == MailClass.CRITICAL:
        return True
    return not reader.is_dead and not (urgency.is_chosen and reader.has_complained)


def post(
    name: str, letter: Letter, reader: Reader, belongs_to: MailingList | None = None
) -> Mail | None:
    """Put a mail in the box, in the caller's transaction; the sender takes it from there.

    None when it may not reach them. KeyError for a mail that is not in MAILS; ValueError for one
    that is chosen and has no list to leave, or the other way round.
    """
    mail = draft(name, letter, reader, belongs_to)
    if not may_reach(reader, MAILS[name]):
        return None
    session().add(mail)
    session().flush()
    return mail


def draft(name: str, letter: Letter, reader: Reader, belongs_to: MailingList | None = None) -> Mail:
    """Make a mail that is in no box yet. Raises as `post` does."""
    urgency = MAILS[name]
    if urgency.is_chosen != (belongs_to is not None):
        raise ValueError(f"Mail {name}: a list belongs to mails that are chosen, and only to them.")
    now = clock.now()
    mail = Mail(
        message_id=f"<{keys.public_id()}{keys.public_id()}@{settings().host}>",
        person_id=reader.person_id,
        address=reader.address,
        name=name,
        urgency=urgency,
        subject=" ".join(letter.subject.split()),
        text=letter.text,
        html=letter.html,
        created_at=now,
        due_at=now,
        attempts=0,
        unclear=0,
        off_path="",
    )
    if belongs_to is not None:
        mail.list_id, mail.list_name = belongs_to.id, belongs_to.name
        mail.off_path = belongs_to.off_path
    return mail


def latest(most: int) -> list[Mail]:
    """Return the latest mails, newest first."""
    query = select(Mail).order_by(Mail.created_at.desc(), Mail.id.desc()).limit(most)
    return list(session().scalars(query))


def one(mail_id: int) -> Mail | None:
    """Return one mail."""
    return session().get(Mail, mail_id)


def by_token(token: str) -> Mail | None:
    """Find a mail by the random part of its Message-ID, which only those know whom it has reached."""
    query = select(Mail).where(Mail.message_id == f"<{token}@{settings().host}>")
    return session().scalars(query).one_or_none()


def forget(before: datetime) -> None:
    """Delete mails older than `before`."""
    old = delete(Mail).where(Mail.created_at < before)
    session().execute(old)
