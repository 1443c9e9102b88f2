"""Mail: written into the database with the act that causes it, sent over SMTP by a job."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, make_msgid
from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app
from sqlalchemy import ForeignKey, Integer, String, Text, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import clock, jobs, personal_data
from portal.kernel.db import Model, UTCDateTime, release, session, unit_of_work
from portal.kernel.facts import Fact, record

TIMEOUT = 20  # seconds
# Nobody has this mailbox, says the mail server (RFC 5321 4.2.3, RFC 7504); the rest is tried again,
# also what is refused for safety's sake (RFC 3463, 3.8).
NOBODY = (550, 551, 553, 556)
POLICY = b"5.7."


class Mail(Model):
    """One mail to one person; its text is forgotten once a mail server has taken it."""

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


personal_data.register(
    Mail.person_id, exported=True, on_erasure="delete", why="A mail is kept only until it is sent."
)


@dataclass(frozen=True)
class MailRefused(Fact):
    """A mail server said that nobody has the mailbox; the mail is not tried again."""

    mail_id: int


@dataclass(frozen=True)
class Letter:
    """A mail as written, in the reader's language."""

    subject: str
    text: str
    html: str


def post(letter: Letter, address: str, person_id: int | None = None) -> None:
    """Put a mail in the box, in the caller's transaction; a job takes it to the mail server."""
    settings = current_app.extensions["settings"]
    domain = urlsplit(settings.base_url).hostname or "localhost"
    mail = Mail(
        message_id=make_msgid(domain=domain),
        person_id=person_id,
        address=address,
        subject=" ".join(letter.subject.split()),
        text=letter.text,
        html=letter.html,
        created_at=clock.now(),
    )
    session().add(mail)
    session().flush()
    jobs.enqueue("mail.send", {"mail_id": mail.id})


@jobs.job("mail.send", outside=True)
def send(mail_id: int) -> None:
    """Hand one mail to the mail server; the Message-ID is the same at every try."""
    settings = current_app.extensions["settings"]
    mail = session().get(Mail, mail_id)
    if mail is None or mail.sent_at is not None or not mail.text:
        return
    release()
    taken = True
    if settings.smtp_url:
        taken = _deliver(as_message(mail, settings.mail_from, settings.brand), settings.smtp_url)
    with unit_of_work() as work:
        this = update(Mail).where(Mail.id == mail_id)
        # Without a mail server the text stays, for the page that shows mails while developing.
        this = this.values(text="", html="") if settings.smtp_url else this
        if taken:
            work.execute(this.values(sent_at=clock.now()))
        else:
            work.execute(this)
            record(MailRefused(mail_id), clock.now())


def as_message(mail: Mail, sender: str, brand: str) -> EmailMessage:
    """Build the message that is sent (RFC 5322; RFC 3834 for Auto-Submitted)."""
    message = EmailMessage()
    message["Subject"] = mail.subject
    message["From"] = formataddr((brand, sender))
    message["To"] = mail.address
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def latest(most: int) -> list[Mail]:
    """Return the latest mails, newest first."""
    query = select(Mail).order_by(Mail.created_at.desc(), Mail.id.desc()).limit(most)
    return list(session().scalars(query))


def one(mail_id: int) -> Mail | None:
    """Return one mail."""
    return session().get(Mail, mail_id)


def forget(before: datetime) -> None:
    """Delete mails older than `before`."""
    session().execute(delete(Mail).where(Mail.created_at < before))


def _deliver(message: EmailMessage, smtp_url: str) -> bool:
    """Hand a message over; False when nobody has the mailbox. SMTPException when it may work later."""
    url = urlsplit(smtp_url)
    with _connection(url) as server:
        if url.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            answers = refused.recipients.values()
            if any(code not in NOBODY or why.startswith(POLICY) for code, why in answers):
                raise
            return False
    return True


def _connection(url: SplitResult) -> smtplib.SMTP:
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, url.port or 465, timeout=TIMEOUT, context=context)
    return smtplib.SMTP(host, url.port or 25, timeout=TIMEOUT)
