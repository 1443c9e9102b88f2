"""Hand the mails that are due to the mail server, the most urgent first."""

import smtplib
import ssl
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app
from sqlalchemy import or_, select, update

from portal.kernel import clock
from portal.kernel.db import release, session, unit_of_work
from portal.kernel.facts import record
from portal.kernel.mail.message import as_message
from portal.kernel.mail.models import Mail, MailRefused

TIMEOUT = 20  # seconds
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 12
# Nobody has this mailbox, says the mail server (RFC 5321 4.2.3, RFC 7504); the rest is tried again,
# also what is refused for safety's sake (RFC 3463, 3.8).
NOBODY = (550, 551, 553, 556)
POLICY = b"5.7."


def send_due() -> int:
    """Send every mail that is due; return how many were tried."""
    tried = 0
    while mail_id := _claim():
        tried += 1
        _send(mail_id)
    return tried


def _claim() -> int | None:
    """Take the most urgent mail that is due; a dead sender's returns when its lease ends."""
    now = clock.now()
    waiting = (
        select(Mail.id)
        .where(
            Mail.sent_at.is_(None),
            Mail.failed_at.is_(None),
            Mail.due_at <= now,
            or_(Mail.leased_until.is_(None), Mail.leased_until < now),
        )
        .order_by(Mail.urgency, Mail.due_at, Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    take = (
        update(Mail)
        .where(Mail.id == waiting.scalar_subquery())
        .values(leased_until=now + LEASE, attempts=Mail.attempts + 1)
        .returning(Mail.id)
        .execution_options(synchronize_session=False)
    )
    with unit_of_work() as work:
        return work.scalars(take).one_or_none()


def _send(mail_id: int) -> None:
    settings = current_app.extensions["settings"]
    mail = session().get_one(Mail, mail_id)
    release()
    taken, error = True, None
    if settings.smtp_url:
        try:
            taken = _deliver(as_message(mail, settings), settings.smtp_url)
        except (OSError, smtplib.SMTPException) as failure:
            error = f"{type(failure).__name__}: {failure}"[:500]
    _mark(mail_id, taken, error, keep=not settings.smtp_url)


def _mark(mail_id: int, taken: bool, error: str | None, *, keep: bool) -> None:
    with unit_of_work() as work:
        this, now = update(Mail).where(Mail.id == mail_id), clock.now()
        if error is not None:
            mail = work.get_one(Mail, mail_id)
            wait = min(timedelta(seconds=15) * 2 ** (mail.attempts - 1), timedelta(hours=1))
            given_up = now if mail.attempts >= MOST_ATTEMPTS else None
            work.execute(
                this.values(due_at=now + wait, leased_until=None, failed_at=given_up, error=error)
            )
            return
        # Without a mail server the text stays, for the page that shows mails while developing.
        this = this if keep else this.values(text="", html="")
        if taken:
            work.execute(this.values(sent_at=now, error=None))
        else:
            work.execute(this.values(failed_at=now, error="Nobody has this mailbox."))
            record(MailRefused(mail_id), now)


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
