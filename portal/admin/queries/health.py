"""How the portal is doing, in numbers that are cheap however much there is."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import metadata
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.admin.queries.jobs import is_troubled, is_waiting
from portal.config import folder
from portal.kernel.actors import Actor
from portal.kernel.db import UTCDateTime, session
from portal.kernel.jobs import Job
from portal.kernel.mail import Mail, queue
from portal.kernel.mail.models import MailServer
from portal.networks.models import Network
from portal.openings.models import Opening
from portal.openings.queries.visible import is_open, values
from portal.people.models import EmailAddress, Person

MOST_COUNTED = 10_000
LATEST_DONE = 50
PACKAGE = "kundidat"


@dataclass(frozen=True)
class Health:
    """The portal at a glance; counts stop one above MOST_COUNTED."""

    people: int
    networks: int
    openings: int
    waiting: int
    failed: int
    unsent: int
    mails_given_up: int
    mail_failing_since: datetime | None
    dead: int  # addresses that mails come back from
    longest_due: datetime | None
    last_done: datetime | None


def at_a_glance(actor: Actor, at: datetime) -> Health:
    """Look at everything in one query."""
    unleased = or_(Job.leased_until.is_(None), Job.leased_until < at)
    due = select(func.min(Job.run_at)).where(is_waiting(), unleased).scalar_subquery()
    # The jobs asked for last are, as good as always, among the last done; no index by time is kept.
    newest = select(Job.done_at).where(Job.done_at.is_not(None)).order_by(Job.id.desc())
    latest = newest.limit(LATEST_DONE).subquery()
    query = select(
        _count(Person.id),
        _count(Network.id),
        _count(Opening.id, is_open()),
        _count(Job.id, is_waiting()),
        _count(Job.id, is_troubled(), Job.failed_at.is_not(None)),
        _count(Mail.id, queue.is_waiting()),
        _count(Mail.id, queue.is_given_up()),
        select(MailServer.failing_since).limit(1).scalar_subquery(),
        _count(EmailAddress.id, EmailAddress.bounced_at.is_not(None)),
        due,
        select(func.max(latest.c.done_at, type_=UTCDateTime)).scalar_subquery(),
    )
    return Health(*session().execute(query, values(actor, at)).one())


@cache
def version() -> str:
    """Return the portal's version: that of the installed package, or of the checkout."""
    try:
        return metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        written = tomllib.loads((folder("portal").parent / "pyproject.toml").read_text("utf-8"))
        return str(written["project"]["version"])


def _count(column: InstrumentedAttribute[int], *which: ColumnElement[bool]) -> Any:
    """Count rows, no further than the page would say."""
    some: Select[Any] = select(column).where(*which).limit(MOST_COUNTED + 1)
    return select(func.count()).select_from(some.subquery()).scalar_subquery()
