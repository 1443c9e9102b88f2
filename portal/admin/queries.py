"""How the portal is doing, in numbers that are cheap however much there is; and its jobs."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import metadata
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from portal.config import folder
from portal.kernel.actors import Actor
from portal.kernel.db import UTCDateTime, session
from portal.kernel.jobs import Job
from portal.kernel.mail import Mail
from portal.kernel.paging import PAGE_SIZE, Page, decode, page_of
from portal.networks.models import Network
from portal.networks.queries.ordering import time_position
from portal.openings.models import Opening
from portal.openings.queries.visible import is_open, values
from portal.people.models import Person

MOST_COUNTED = 10_000
LATEST_DONE = 50
PACKAGE = "kundidat"

State = Literal["troubled", "waiting"]
LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class Health:
    """The portal at a glance; counts stop one above MOST_COUNTED."""

    people: int
    networks: int
    openings: int
    waiting: int
    failed: int
    unsent: int
    longest_due: datetime | None
    last_done: datetime | None


def health(actor: Actor, at: datetime) -> Health:
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
        _count(Mail.id, Mail.sent_at.is_(None)),
        due,
        select(func.max(latest.c.done_at, type_=UTCDateTime)).scalar_subquery(),
    )
    return Health(*session().execute(query, values(actor, at)).one())


def is_waiting() -> ColumnElement[bool]:
    """Say that a job is still to be done and has not been given up."""
    return and_(Job.done_at.is_(None), Job.failed_at.is_(None))


def is_troubled() -> ColumnElement[bool]:
    """Say that a job went wrong at least once and is still to be done."""
    return and_(Job.done_at.is_(None), Job.error.is_not(None))


def jobs(state: State, after: str | None = None) -> Page[Job]:
    """Return a page of jobs: those with trouble, latest first; or those waiting, the next first."""
    if state == "troubled":
        query = select(Job).where(is_troubled()).order_by(Job.id.desc())
        key = decode(after, int)
        return _page(query.where(Job.id < key[0]) if key else query, lambda job: (job.id,))
    query = select(Job).where(is_waiting()).order_by(Job.run_at, Job.id)
    if place := time_position(after):
        last = tuple_(literal(place[0], UTCDateTime), literal(place[1]))
        query = query.where(tuple_(Job.run_at, Job.id) > last)
    return _page(query, lambda job: (job.run_at.isoformat(), job.id))


def found_job(actor: Actor, job_id: int, *, hold: bool = False) -> Job | None:
    """Find a job, for administrators only; with `hold`, no worker takes it meanwhile."""
    if not actor.is_administrator or job_id > LARGEST_NUMBER:
        return None
    query = select(Job).where(Job.id == job_id).execution_options(populate_existing=True)
    return session().scalars(query.with_for_update() if hold else query).one_or_none()


@cache
def version() -> str:
    """Return the portal's version: that of the installed package, or of the checkout."""
    try:
        return metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        written = tomllib.loads((folder("portal").parent / "pyproject.toml").read_text("utf-8"))
        return str(written["project"]["version"])


def _page(query: Select[Job], key: Callable[[Job], tuple[Any, ...]]) -> Page[Job]:
    fresh = query.limit(PAGE_SIZE + 1).execution_options(populate_existing=True)
    return page_of(session().scalars(fresh).all(), key)


def _count(column: InstrumentedAttribute[int], *which: ColumnElement[bool]) -> Any:
    """Count rows, no further than the page would say."""
    some: Select[Any] = select(column).where(*which).limit(MOST_COUNTED + 1)
    return select(func.count()).select_from(some.subquery()).scalar_subquery()
