"""Jobs that went wrong, and those that wait."""

from collections.abc import Callable
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, literal, select, tuple_

from portal.kernel.actors import Actor
from portal.kernel.db import UTCDateTime, session
from portal.kernel.jobs import Job
from portal.kernel.ordering import time_position
from portal.kernel.paging import PAGE_SIZE, Page, decode, page_of

State = Literal["troubled", "waiting"]
LARGEST_NUMBER = 2**31 - 1


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


def _page(query: Select[Job], key: Callable[[Job], tuple[Any, ...]]) -> Page[Job]:
    fresh = query.limit(PAGE_SIZE + 1).execution_options(populate_existing=True)
    return page_of(session().scalars(fresh).all(), key)
