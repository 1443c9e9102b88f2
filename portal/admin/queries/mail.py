"""Mails that wait and that were given up, and how it goes with the mail server."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, func, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, defer

from portal.kernel.actors import Actor
from portal.kernel.db import UTCDateTime, session
from portal.kernel.mail import Mail, MailClass, by_token
from portal.kernel.mail.counts import HOUR, MOST_COUNTED
from portal.kernel.mail.models import MailServer
from portal.kernel.mail.queue import is_given_up, is_waiting
from portal.kernel.paging import PAGE_SIZE, Page, decode, instant, page_of

Which = Literal["failed", "waiting"]


@dataclass(frozen=True)
class Traffic:
    """How the mails go; counts stop one above MOST_COUNTED."""

    failing_since: datetime | None
    next_try_at: datetime | None
    error: str | None
    sent: int
    failed: int
    waiting: tuple[int, ...]


def traffic(at: datetime) -> Traffic:
    """Look at the server and the queue in one query."""
    server = (MailServer.failing_since, MailServer.next_try_at, MailServer.error)
    columns = [
        *(select(column).limit(1).scalar_subquery() for column in server),
        _count(Mail.id, Mail.sent_at > at - HOUR),
        _count(Mail.id, is_given_up()),
        *(_count(Mail.id, is_waiting(), Mail.urgency == urgency) for urgency in MailClass),
    ]
    since, next_try, error, sent, failed, *waiting = session().execute(select(*columns)).one()
    return Traffic(since, next_try, error, sent, failed, tuple(waiting))


def mails(which: Which, after: str | None = None) -> Page[Mail]:
    """Return a page of mails: those given up, the latest first; or those waiting, the next first."""
    if which == "failed":
        key = decode(after, int)
        query = select(Mail).where(is_given_up()).order_by(Mail.id.desc())
        rows = _rows(query.where(Mail.id < key[0]) if key else query)
        return page_of(rows, lambda mail: (mail.id,))
    order = (Mail.urgency, Mail.due_at, Mail.id)
    query = select(Mail).where(is_waiting()).order_by(*order)
    if place := decode(after, int, str, int):
        last = (literal(place[0]), literal(instant(place[1]), UTCDateTime), literal(place[2]))
        query = query.where(tuple_(*order) > tuple_(*last))
    rows = _rows(query)
    return page_of(rows, lambda mail: (mail.urgency, mail.due_at.isoformat(), mail.id))


def found_mail(actor: Actor, token: str, *, hold: bool = False) -> Mail | None:
    """Find a mail by its token, for administrators only; with `hold`, nobody renews it meanwhile."""
    mail = by_token(token) if actor.is_administrator else None
    if mail is not None:
        session().refresh(mail, with_for_update=hold or None)
    return mail


def _rows(query: Select[Mail]) -> Any:
    """Fetch mails without what stands in them."""
    shown = query.limit(PAGE_SIZE + 1).options(defer(Mail.html), defer(Mail.subject))
    return session().scalars(shown.execution_options(populate_existing=True)).all()


def _count(column: InstrumentedAttribute[int], *which: Any) -> Any:
    some: Select[Any] = select(column).where(*which).limit(MOST_COUNTED + 1)
    return select(func.count()).select_from(some.subquery()).scalar_subquery()
