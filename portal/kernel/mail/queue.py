"""Mails that wait: which one leaves next, and what became of it. Nothing here commits."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, or_, select, update

from portal.kernel.db import changed, session
from portal.kernel.mail.classes import MailClass
from portal.kernel.mail.models import Mail
from portal.kernel.mail.outcomes import Trouble

LEASE = timedelta(minutes=5)
# Both must have passed before a mail that is refused for now is given up.
MOST_ATTEMPTS = 12
LONGEST_PATIENCE = timedelta(days=2)
# So often a mail may have arrived without our knowing: one may be there twice, never three times.
MOST_UNCLEAR = 2
FIRST_WAIT = timedelta(seconds=15)
MOST_DOUBLINGS = 10


def is_waiting() -> ColumnElement[bool]:
    """Say that a mail has not left and has not been given up."""
    return and_(Mail.sent_at.is_(None), Mail.failed_at.is_(None))


def is_given_up() -> ColumnElement[bool]:
    """Say that a mail has not left and is not tried again by itself."""
    return and_(Mail.sent_at.is_(None), Mail.error.is_not(None), Mail.failed_at.is_not(None))


def is_free(at: datetime) -> ColumnElement[bool]:
    """Say that no sender has a mail in hand; a dead one's returns when its lease ends."""
    return or_(Mail.leased_until.is_(None), Mail.leased_until < at)


def has_due(at: datetime, *, only_critical: bool = False) -> bool:
    """Say whether any mail is due."""
    return session().scalar(select(Mail.id).where(_is_due(at, only_critical)).limit(1)) is not None


def claim(
    at: datetime, lease: timedelta = LEASE, *, only_critical: bool = False, careful: bool = False
) -> Mail | None:
    """Take the most urgent mail that is due, as one that may have arrived from now on.

    A `careful` sender, at a server that fails, takes those last that may have arrived already.
    """
    order = (Mail.unclear, Mail.urgency) if careful else (Mail.urgency,)
    waiting = (
        select(Mail.id)
        .where(_is_due(at, only_critical), Mail.unclear < MOST_UNCLEAR)
        .order_by(*order, Mail.due_at, Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    take = (
        update(Mail)
        .where(Mail.id == waiting.scalar_subquery())
        .values(leased_until=at + lease, attempts=Mail.attempts + 1, unclear=Mail.unclear + 1)
        .returning(Mail)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return session().scalars(take).one_or_none()


def give_up_unclear(at: datetime) -> None:
    """Give up the mails of dead senders that may have arrived twice already."""
    lost = update(Mail).where(_is_due(at, False), Mail.unclear >= MOST_UNCLEAR)
    _execute(lost.values(_given_up(at, Trouble.UNCLEAR, "The sender was stopped twice.")))


def mark_sent(mail: Mail, at: datetime) -> None:
    """Note that a mail server has taken a mail, and forget its text; whoever holds it by now."""
    left = update(Mail).where(Mail.message_id == mail.message_id, Mail.sent_at.is_(None))
    gone = {"text": "", "html": "", "error": None, "failed_at": None, "leased_until": None}
    _execute(left.values(sent_at=at, unclear=Mail.unclear - 1, **gone))


def mark_shown(at: datetime) -> int:
    """Without a mail server: let all that is due count as sent; the text stays, to be shown."""
    shown = update(Mail).where(_is_due(at, False)).values(sent_at=at, attempts=Mail.attempts + 1)
    return _execute(shown)


def put_back(mail: Mail, trouble: Trouble, why: str, at: datetime, longest: timedelta) -> None:
    """Let a mail wait, or give it up: refused for good, for too long, or it may be there twice."""
    is_unclear = trouble == Trouble.UNCLEAR
    is_over = mail.attempts >= MOST_ATTEMPTS and at - mail.created_at >= LONGEST_PATIENCE
    if trouble.is_final or is_over or (is_unclear and mail.unclear >= MOST_UNCLEAR):
        values = _given_up(at, trouble, why)
    else:
        wait = min(FIRST_WAIT * (1 << min(mail.attempts - 1, MOST_DOUBLINGS)), longest)
        values = {"due_at": at + wait, "leased_until": None, "error": f"{trouble}: {why}"}
    arrived = Mail.unclear if is_unclear else Mail.unclear - 1
    _execute(update(Mail).where(_is_held(mail)).values(values | {"unclear": arrived}))


def put_back_untried(mail: Mail) -> None:
    """Let a mail wait as if it had never been taken: the server takes none."""
    untried = {"attempts": Mail.attempts - 1, "unclear": Mail.unclear - 1, "leased_until": None}
    _execute(update(Mail).where(_is_held(mail)).values(untried))


def bring_forward(at: datetime) -> None:
    """Let all that waits for its next try be tried now: the server takes mails again."""
    troubled = update(Mail).where(is_waiting(), is_free(at), Mail.error.is_not(None))
    _execute(troubled.where(Mail.due_at > at).values(due_at=at))


def renew(at: datetime, *which: ColumnElement[bool]) -> int:
    """Let given-up mails be tried again as if for the first time; return how many."""
    given_up = update(Mail).where(is_given_up(), *which)
    fresh = {"failed_at": None, "attempts": 0, "unclear": 0, "leased_until": None, "error": None}
    return _execute(given_up.values(due_at=at, **fresh))


def _is_due(at: datetime, only_critical: bool) -> ColumnElement[bool]:
    due = and_(is_waiting(), Mail.due_at <= at, is_free(at))
    return and_(due, Mail.urgency == MailClass.CRITICAL) if only_critical else due


def _is_held(mail: Mail) -> ColumnElement[bool]:
    """Say that a mail is still in the hand that took it."""
    return and_(
        Mail.message_id == mail.message_id,
        Mail.leased_until == mail.leased_until,
        Mail.attempts == mail.attempts,
        is_waiting(),
    )


def _given_up(at: datetime, trouble: Trouble, why: str) -> dict[str, Any]:
    return {"failed_at": at, "leased_until": None, "error": f"{trouble}: {why}"}


def _execute(change: Update) -> int:
    return changed(change.execution_options(synchronize_session=False))
