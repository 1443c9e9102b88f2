"""Rules of administration: when a job may be tried again, when the worker seems to stand still."""

from datetime import datetime, timedelta
from typing import Protocol

from portal.kernel.actors import Actor
from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.text import _l

LATE = timedelta(minutes=5)


class Task(Protocol):
    """A job, as far as the rules look at it."""

    @property
    def done_at(self) -> datetime | None: ...
    @property
    def failed_at(self) -> datetime | None: ...
    @property
    def leased_until(self) -> datetime | None: ...


def may_retry(actor: Actor, job: Task | None, at: datetime) -> Decision:
    """Say whether a job may be given a new set of attempts; not while a worker has it in hand."""
    if not actor.is_administrator:
        return deny(_l("Only administrators see to jobs."))
    if job is None:
        return deny(_l("There is no such job any more."))
    if job.done_at is not None:
        return deny(_l("This job is done."))
    if job.leased_until is not None and job.leased_until > at:
        return deny(_l("A worker is doing this job just now."))
    return ALLOW


def state_of(job: Task, at: datetime) -> str:
    """Return "done", "failed", "working" or "waiting"."""
    if job.done_at is not None:
        return "done"
    if job.failed_at is not None:
        return "failed"
    return "working" if job.leased_until is not None and job.leased_until > at else "waiting"


def worker_stands_still(longest_due: datetime | None, at: datetime) -> bool:
    """Say whether a job that is due has waited so long that no worker seems to be running."""
    return longest_due is not None and at - longest_due > LATE
