"""What happened is kept with the act, and told once to each who listens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.kernel import clock, facts, worker
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import Fact, FactRow, FactSubject, on, record
from portal.kernel.jobs import Job

AT = datetime(2026, 11, 23, 11, tzinfo=UTC)


@dataclass(frozen=True)
class LampLit(Fact):
    """Somebody lit a lamp."""

    lamp_id: int
    person_id: int
    network_id: int | None = None


@pytest.fixture
def heard() -> Iterator[list[tuple[str, Fact, datetime]]]:
    """What two subscribers have been told."""
    told: list[tuple[str, Fact, datetime]] = []
    before = {name: dict(known) for name, known in facts._subscribers.items()}

    @on(LampLit)
    def one(fact: LampLit, at: datetime) -> None:
        told.append(("one", fact, at))

    @on(LampLit)
    def two(fact: LampLit, at: datetime) -> None:
        told.append(("two", fact, at))

    yield told
    facts._subscribers.clear()
    facts._subscribers.update(before)


def test_each_subscriber_is_told_once(
    portal: Flask, heard: list[tuple[str, Fact, datetime]]
) -> None:
    fact = LampLit(lamp_id=3, person_id=7)
    with unit_of_work():
        record(fact, AT)
    assert heard == []
    worker.drain()
    worker.drain()
    assert sorted(heard, key=lambda told: told[0]) == [("one", fact, AT), ("two", fact, AT)]


def test_a_fact_of_an_act_that_failed_never_happened(
    portal: Flask, heard: list[tuple[str, Fact, datetime]]
) -> None:
    with pytest.raises(ZeroDivisionError), unit_of_work():
        record(LampLit(3, 7), AT)
        raise ZeroDivisionError
    worker.drain()
    assert heard == []
    assert session().scalar(select(func.count()).select_from(FactRow)) == 0


def test_history_is_kept_and_nobody_is_told(
    portal: Flask, heard: list[tuple[str, Fact, datetime]]
) -> None:
    with unit_of_work():
        record(LampLit(3, 7), AT, quietly=True)
    worker.drain()
    assert heard == []
    assert session().scalars(select(FactRow)).one().at == AT


def test_a_fact_is_found_by_whom_and_what_it_is_about(portal: Flask) -> None:
    with unit_of_work():
        record(LampLit(lamp_id=3, person_id=7), AT)
        record(LampLit(lamp_id=3, person_id=8, network_id=1), AT)
    about = select(FactSubject.fact_id).where(
        FactSubject.kind == "lamp", FactSubject.subject_id == 3
    )
    assert len(session().scalars(about).all()) == 2
    subjects = session().execute(select(FactSubject.kind, FactSubject.subject_id)).all()
    assert ("network", 1) in subjects
    assert ("network", None) not in subjects


def test_one_that_fails_does_not_keep_the_other_from_hearing(
    portal: Flask, heard: list[tuple[str, Fact, datetime]]
) -> None:
    @on(LampLit)
    def broken(_fact: LampLit, _at: datetime) -> None:
        raise ZeroDivisionError

    with unit_of_work():
        record(LampLit(3, 7), AT)
    worker.drain()
    assert {told[0] for told in heard} == {"one", "two"}
    waiting = session().scalars(select(Job).where(Job.done_at.is_(None))).one()
    assert "ZeroDivisionError" in (waiting.error or "")
    assert waiting.run_at > clock.now()


def test_facts_hold_ids_only(portal: Flask) -> None:
    """Erasure must not have to search them for names."""
    for name, kind in Fact.kinds.items():
        if kind.__module__.startswith("portal."):
            wrong = [field for field in kind.__annotations__ if not field.endswith("_id")]
            assert not wrong, f"{name} holds {wrong}"
