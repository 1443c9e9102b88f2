"""One transaction per act, writers that queue, and reads that never write."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from traceback import format_exception

import pytest
from flask import Flask
from sqlalchemy import event, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from portal.kernel.db import (
    ReadOnly,
    changed,
    db,
    insert_new,
    intend_to_write,
    is_sqlite,
    session,
    unit_of_work,
)
from portal.kernel.jobs import Job
from portal.kernel.migrations import at_head
from portal.networks.models import Network
from tests.support.make import Make

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def a_job(key: str) -> Job:
    return Job(name="test", args={}, dedupe_key=key, run_at=AT)


def keys() -> set[str]:
    """Return what other connections can see."""
    with db.engine.connect() as connection:
        return set(connection.execute(text("SELECT dedupe_key FROM job")).scalars())


def test_all_of_it_is_kept(portal: Flask) -> None:
    with unit_of_work() as work:
        work.add_all([a_job("one"), a_job("two")])
    assert keys() == {"one", "two"}


def test_nothing_of_it_is_kept_when_it_fails(portal: Flask) -> None:
    with pytest.raises(ZeroDivisionError), unit_of_work() as work:
        work.add(a_job("one"))
        work.flush()
        raise ZeroDivisionError
    assert keys() == set()
    with unit_of_work() as work:
        work.add(a_job("after"))
    assert keys() == {"after"}


def test_who_comes_second_changes_nothing(portal: Flask) -> None:
    with unit_of_work() as work:
        work.add_all([a_job("one"), a_job("two")])
        work.flush()
        undone = update(Job).where(Job.done_at.is_(None)).values(done_at=AT)
        again = insert_new(Job).values(name="test", args={}, dedupe_key="one", run_at=AT)
        assert [changed(undone), changed(undone)] == [2, 0]
        assert changed(again.values(attempts=0)) == 0


def test_a_unit_of_work_inside_another_is_refused(portal: Flask) -> None:
    with pytest.raises(RuntimeError, match="one transaction per act"), unit_of_work() as work:
        work.add(a_job("outer"))
        work.flush()
        with unit_of_work():
            pass
    assert keys() == set()


def test_a_row_added_outside_is_refused(portal: Flask) -> None:
    session().add(a_job("stray"))
    with pytest.raises(ReadOnly, match="a GET never writes"):
        session().flush()
    session().rollback()
    assert keys() == set()


def test_a_statement_outside_is_never_kept(portal: Flask, make: Make) -> None:
    make.network("Bygg")
    session().execute(update(Network).values(name="Stulet"))
    db.session.remove()
    assert session().execute(text("SELECT name FROM network")).scalar_one() == "Bygg"


def test_a_broken_constraint_can_be_met_with_a_savepoint(portal: Flask) -> None:
    with unit_of_work() as work:
        work.add(a_job("one"))
        work.flush()
        with pytest.raises(IntegrityError), work.begin_nested():
            work.add(a_job("one"))
            work.flush()
        work.add(a_job("two"))
    assert keys() == {"one", "two"}


def test_an_error_tells_nothing_of_what_people_wrote(portal: Flask, make: Make) -> None:
    """It goes into the log and into a job's row: neither its parameters nor what the server quotes."""
    make.network("Bygg", slug="alices-hemlighet")
    with pytest.raises(IntegrityError) as caught:
        make.network("Trä", slug="alices-hemlighet")
    told = "".join(format_exception(caught.value))
    assert "network" in told
    assert "alices-hemlighet" not in told.replace('slug="alices-hemlighet"', "")


def test_inserting_what_is_there_leaves_it_alone(portal: Flask) -> None:
    for name in ("first", "second"):
        values = {"name": name, "args": {}, "dedupe_key": "same", "attempts": 0, "run_at": AT}
        with unit_of_work() as work:
            work.execute(insert_new(Job).values(values))
    assert session().execute(text("SELECT name FROM job")).scalars().all() == ["first"]


def test_an_instant_comes_back_in_utc(portal: Flask) -> None:
    stockholm = AT.astimezone(timezone(timedelta(hours=1)))
    with unit_of_work() as work:
        work.add(Job(name="test", args={}, run_at=stockholm))
    db.session.remove()
    found = session().query(Job).one().run_at
    assert found == AT
    assert found.utcoffset() == timedelta(0)


def test_a_naive_time_is_refused(portal: Flask) -> None:
    with pytest.raises(StatementError, match="naive"), unit_of_work() as work:
        work.add(Job(name="test", args={}, run_at=AT.replace(tzinfo=None)))
        work.flush()


def test_a_writer_takes_its_lock_at_the_start(portal: Flask) -> None:
    """The default overbooks: two that read before they write would both see a free place."""
    if not is_sqlite():
        return
    begun: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        begun.append(statement)

    session().rollback()
    event.listen(db.engine, "before_cursor_execute", note)
    with unit_of_work() as work:
        work.execute(text("SELECT 1"))
    assert begun[0] == "BEGIN IMMEDIATE"
    begun.clear()
    session().execute(text("SELECT 1"))
    assert begun[0] == "BEGIN"
    session().rollback()
    intend_to_write(True)
    session().execute(text("SELECT 1"))
    session().rollback()
    intend_to_write(False)
    event.remove(db.engine, "before_cursor_execute", note)
    assert "BEGIN IMMEDIATE" in begun


def test_a_counter_read_and_then_written_by_many_loses_none(portal: Flask, make: Make) -> None:
    network = make.network(member_count=0)
    session().rollback()

    def count_one() -> None:
        with portal.app_context(), unit_of_work() as work:
            row = work.get_one(Network, network.id, with_for_update=True)
            row.member_count += 1

    threads = [threading.Thread(target=count_one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session().expire_all()
    assert session().get_one(Network, network.id).member_count == len(threads)


def test_foreign_keys_are_kept(portal: Flask) -> None:
    with pytest.raises(IntegrityError), unit_of_work() as work:
        work.execute(
            text(
                "INSERT INTO membership (network_id, person_id, role, motivation, reason, began_at)"
                " VALUES (999, 999, 'member', '', '', :at)"
            ),
            {"at": AT},
        )


def test_the_database_is_at_the_schema_of_the_code(portal: Flask) -> None:
    assert at_head()


def test_sqlite_is_safe_against_power_cuts_and_waits_for_its_turn(portal: Flask) -> None:
    if not is_sqlite():
        return
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}
    for pragma, value in (wanted | {"secure_delete": 1}).items():
        assert session().execute(text(f"PRAGMA {pragma}")).scalar_one() == value
