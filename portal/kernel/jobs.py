"""What is still to do: jobs are rows, claimed with a lease, tried again with growing patience."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Integer,
    String,
    Text,
    and_,
    delete,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import clock
from portal.kernel.db import (
    Model,
    UTCDateTime,
    changed,
    insert_new,
    partial_index,
    release,
    session,
    unit_of_work,
)

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 12
LONGEST_WAIT = timedelta(hours=1)

log = logging.getLogger(__name__)


class Job(Model):
    """One thing to do after the request; unique by `dedupe_key` for as long as the row is kept."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    dedupe_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    run_at: Mapped[datetime] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    error: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        partial_index(
            "ix_job_waiting", "run_at", "id", where="done_at IS NULL AND failed_at IS NULL"
        ),
        partial_index("ix_job_troubled", "id", where="done_at IS NULL AND error IS NOT NULL"),
    )


@dataclass(frozen=True)
class Kind:
    """How a job of one name is done."""

    function: Callable[..., None]
    outside: bool


_kinds: dict[str, Kind] = {}


def job(
    name: str, *, outside: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register the function that does jobs of this name.

    Its changes and the mark "done" are one transaction: exactly once. With `outside`, it runs
    with no transaction open (it talks to a mail server, say) and is done at least once.
    """

    def register(function: Callable[..., None]) -> Callable[..., None]:
        _kinds[name] = Kind(function, outside)
        return function

    return register


def enqueue(
    name: str,
    args: dict[str, Any],
    *,
    run_at: datetime | None = None,
    dedupe_key: str | None = None,
) -> None:
    """Ask for a job in the caller's transaction; a known `dedupe_key` asks for nothing new."""
    row = {"name": name, "args": args, "dedupe_key": dedupe_key, "attempts": 0}
    session().execute(insert_new(Job).values(run_at=run_at or clock.now(), **row))


def is_asked_for(name: str) -> bool:
    """Say whether a job of this name waits or is being done, and nothing went wrong with it so far."""
    waiting = (Job.done_at.is_(None), Job.failed_at.is_(None), Job.error.is_(None))
    query = select(Job.id).where(Job.name == name, *waiting)
    return session().scalars(query.limit(1)).first() is not None


@dataclass(frozen=True)
class Claim:
    """A job that this worker holds until `leased_until`."""

    id: int
    name: str
    args: dict[str, Any]
    attempts: int
    leased_until: datetime


def claim(lease: timedelta = LEASE) -> Claim | None:
    """Take the job that has waited longest, or None; a dead worker's job returns when its lease ends."""
    now = clock.now()
    free = or_(Job.leased_until.is_(None), Job.leased_until < now)
    waiting = (
        select(Job.id)
        .where(Job.done_at.is_(None), Job.failed_at.is_(None), Job.run_at <= now, free)
        .order_by(Job.run_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    take = (
        update(Job)
        .where(Job.id == waiting.scalar_subquery())
        .values(leased_until=now + lease, attempts=Job.attempts + 1)
        .returning(Job.id, Job.name, Job.args, Job.attempts, Job.leased_until)
        .execution_options(synchronize_session=False)
    )
    with unit_of_work() as work:
        row = work.execute(take).one_or_none()
    return Claim(*row) if row else None


def do(claimed: Claim) -> bool:
    """Do a claimed job; a failure is kept with its reason and tried again later."""
    try:
        kind = _kinds[claimed.name]
        if kind.outside:
            release()
            kind.function(**claimed.args)
            with unit_of_work():
                _mark_done(claimed)
        else:
            with unit_of_work():
                kind.function(**claimed.args)
                _mark_done(claimed)
    except Exception as error:
        log.warning("Job %s (%s) failed: %r", claimed.id, claimed.name, error)
        with unit_of_work():
            _put_back(claimed, error)
        return False
    return True


def run_one(lease: timedelta = LEASE) -> bool:
    """Claim and do one job; say whether there was one."""
    claimed = claim(lease)
    if claimed is None:
        return False
    do(claimed)
    return True


def try_again(job_id: int) -> None:
    """Give a job that was given up a new set of attempts, at once."""
    fresh = {"failed_at": None, "attempts": 0, "run_at": clock.now(), "leased_until": None}
    session().execute(update(Job).where(Job.id == job_id, Job.done_at.is_(None)).values(fresh))


def forget(before: datetime) -> None:
    """Delete jobs that were done before then."""
    session().execute(delete(Job).where(Job.done_at < before))


class LostLease(RuntimeError):
    """Another worker took the job over; what was done here is undone."""


def _mark_done(claimed: Claim) -> None:
    # The args may hold an address; a done job has no more need of them.
    done = update(Job).where(_is_held(claimed)).values(done_at=clock.now(), error=None, args={})
    if changed(done) != 1:
        raise LostLease(f"job {claimed.id}")


def _put_back(claimed: Claim, error: Exception) -> None:
    now = clock.now()
    wait = min(timedelta(seconds=15) * 2 ** (claimed.attempts - 1), LONGEST_WAIT)
    given_up = now if claimed.attempts >= MOST_ATTEMPTS else null()
    why = f"{type(error).__name__}: {error}"[:500]
    session().execute(
        update(Job)
        .where(_is_held(claimed))
        .values(run_at=now + wait, leased_until=None, failed_at=given_up, error=why)
    )


def _is_held(claimed: Claim) -> ColumnElement[bool]:
    """Say that a job is still in the hand that took it."""
    mine = (Job.id == claimed.id, Job.leased_until == claimed.leased_until)
    return and_(*mine, Job.done_at.is_(None))
