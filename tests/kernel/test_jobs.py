"""What is still to do: once, in its turn, tried again with growing patience, given up in the end."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.kernel import clock, jobs, worker
from portal.kernel.db import ReadOnly, db, session, unit_of_work
from portal.kernel.jobs import LEASE, LONGEST_WAIT, MOST_ATTEMPTS, Job, claim, do, enqueue, job
from tests.conftest import NOW


@pytest.fixture
def done(portal: Flask) -> Iterator[list[int]]:
    """Numbers of the jobs that have been done; -1 is asked to fail."""
    numbers: list[int] = []
    before = dict(jobs._kinds)

    @job("test.note")
    def note(number: int) -> None:
        if number < 0:
            raise ZeroDivisionError("as asked")
        numbers.append(number)

    yield numbers
    jobs._kinds.clear()
    jobs._kinds.update(before)


def ask(*numbers: int, **options: object) -> None:
    with unit_of_work():
        for number in numbers:
            enqueue("test.note", {"number": number}, **options)  # type: ignore[arg-type]


def the_job() -> Job:
    session().rollback()
    return session().scalars(select(Job)).one()


def test_jobs_are_done_in_the_order_they_were_asked_for(done: list[int]) -> None:
    ask(1, 2, 3)
    assert worker.drain() == 3
    assert done == [1, 2, 3]
    assert worker.drain() == 0


def test_a_job_of_an_act_that_failed_is_not_done(done: list[int]) -> None:
    with pytest.raises(ZeroDivisionError), unit_of_work():
        enqueue("test.note", {"number": 1})
        raise ZeroDivisionError
    assert worker.drain() == 0


def test_a_job_waits_for_its_hour(done: list[int]) -> None:
    ask(1, run_at=NOW + timedelta(hours=1))
    worker.drain()
    assert done == []
    with clock.stopped_at(NOW + timedelta(hours=1)):
        worker.drain()
    assert done == [1]


def test_the_same_key_asks_once_even_after_it_is_done(done: list[int]) -> None:
    ask(1, 2, dedupe_key="same")
    worker.drain()
    ask(3, dedupe_key="same")
    worker.drain()
    assert done == [1]


def test_what_a_done_job_was_given_is_forgotten(done: list[int]) -> None:
    ask(1)
    worker.drain()
    assert the_job().args == {}
    assert the_job().done_at == NOW


def test_a_failing_job_is_tried_again_with_growing_patience(done: list[int]) -> None:
    ask(-1)
    waits, at = [], NOW
    for _attempt in range(MOST_ATTEMPTS):
        with clock.stopped_at(at):
            worker.drain()
            waits.append(the_job().run_at - at)
            at = the_job().run_at
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=15)
    assert waits[-1] == LONGEST_WAIT
    assert the_job().failed_at is not None
    assert the_job().error == "ZeroDivisionError: as asked"
    with clock.stopped_at(at + timedelta(days=9)):
        assert worker.drain() == 0


def test_a_job_that_was_given_up_can_be_tried_again(done: list[int]) -> None:
    ask(-1)
    with unit_of_work() as work:
        work.get_one(Job, the_job().id).failed_at = NOW
    with unit_of_work():
        jobs.try_again(the_job().id)
    assert worker.drain() == 1
    assert the_job().attempts == 1


def test_what_a_failing_job_wrote_is_undone(done: list[int]) -> None:
    @job("test.half")
    def half() -> None:
        enqueue("test.note", {"number": 1})
        raise ZeroDivisionError

    with unit_of_work():
        enqueue("test.half", {})
    worker.drain()
    assert the_job().name == "test.half"
    assert done == []


def test_a_job_outside_transactions_has_none_open(done: list[int]) -> None:
    open_ones: list[bool] = []

    @job("test.outside", outside=True)
    def outside() -> None:
        open_ones.append(session().in_transaction())
        session().add(Job(name="stray", args={}, run_at=NOW))
        with pytest.raises(ReadOnly):
            session().flush()
        session().rollback()

    with unit_of_work():
        enqueue("test.outside", {})
    worker.drain()
    assert open_ones == [False]
    assert the_job().done_at == NOW


def test_a_claimed_job_is_nobody_elses_until_its_lease_ends(done: list[int]) -> None:
    ask(1)
    first = claim()
    assert first is not None
    assert claim() is None
    with clock.stopped_at(NOW + LEASE + timedelta(seconds=1)):
        second = claim()
        assert second is not None
        assert (second.id, second.attempts) == (first.id, 2)
        assert do(second)
    assert done == [1]


def test_one_that_lost_its_lease_leaves_no_trace(done: list[int]) -> None:
    @job("test.write")
    def write() -> None:
        enqueue("test.note", {"number": 9})

    with unit_of_work():
        enqueue("test.write", {})
    slow = claim()
    with clock.stopped_at(NOW + LEASE + timedelta(seconds=1)):
        quick = claim()
        assert slow is not None
        assert quick is not None
        assert not do(slow)
        assert the_job().leased_until == quick.leased_until
        assert do(quick)
    session().rollback()
    assert [row.name for row in session().scalars(select(Job).order_by(Job.id))][1:] == [
        "test.note"
    ]


def test_a_job_nobody_knows_is_kept_with_its_reason(done: list[int]) -> None:
    with unit_of_work():
        enqueue("test.unheard_of", {})
    worker.drain()
    assert "KeyError" in (the_job().error or "")


def test_a_periodic_job_is_asked_for_once_a_period(
    portal: Flask, done: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_periodic", {})
    times: list[int] = []
    worker.every(timedelta(hours=1), "test.hourly")(lambda: times.append(1))
    for minutes in (0, 10, 50, 61, 62):
        with clock.stopped_at(NOW + timedelta(minutes=minutes)):
            worker.ask_for_periodic_jobs()
            worker.drain()
            db.session.remove()
    assert len(times) == 2
