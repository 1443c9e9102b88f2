"""Ten thousand facts about one person: the same queries, along an index, also the rare and the deep."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert

from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import FactRow, FactSubject
from portal.kernel.paging import encode
from tests.journey.reading import told
from tests.support.queries import explained

MANY = 10_000
RARE = 3  # memories and places among them
SORTED = re.compile(r"USE TEMP B-TREE FOR ORDER BY|Sort  \(")
WHOLE = re.compile(r"SCAN (fact|fact_subject|hidden_entry)\b(?! USING)|Seq Scan on (fact|fact_subject)\b")


@pytest.fixture
def busy(personas):
    """Alice with ten thousand facts, nearly all of one kind, and a neighbour with as many."""
    fill(personas.alice, personas.network.id, 0)
    fill(personas.bob, personas.network.id, MANY)
    analyse()
    return personas.alice


def fill(person, network_id, offset):
    now = clock.now()
    rows, subjects = [], []
    for number in range(1, MANY + 1):
        id, at = 1000 + offset + number, now - timedelta(hours=number)
        name = "PersonArrived" if number % (MANY // RARE) == 1 else "NetworkJoined"
        body = {"person_id": person.id}
        body |= {"network_id": network_id, "membership_id": 1} if name == "NetworkJoined" else {}
        rows.append({"id": id, "name": name, "at": at, "body": body})
        told_of = {"fact_id": id, "name": name, "at": at}
        subjects.append(told_of | {"kind": "person", "subject_id": person.id})
        subjects.append(told_of | {"kind": "network", "subject_id": network_id})
    with unit_of_work() as work:
        work.execute(insert(FactRow), rows)
        work.execute(insert(FactSubject), subjects)


def analyse():
    with unit_of_work() as work:
        work.connection().exec_driver_sql("ANALYZE")


def deep():
    """The place of the nine thousandth fact."""
    return encode((clock.now() - timedelta(hours=9_000)).isoformat(), 10_000)


def paths():
    return (
        "/journey",
        "/journey?show=networks",
        "/journey?show=account",
        "/journey?show=memories",
        f"/journey?after={deep()}",
        f"/journey?show=networks&after={deep()}",
        "/journey?chapter=2026-01-01..2026-06-30",
        "/journey?chapter=2026-01-01..2026-06-30&show=account",
    )


def test_the_pages_ask_as_often_as_with_ten(personas, busy, count_queries):
    many, few = personas.browser(busy), personas.browser(personas.charlie)
    for path in paths():
        asked = []
        for browser in (many, few):
            for htmx in (False, True):
                browser.get("/about")
                with count_queries() as count:
                    assert browser.get(path, htmx=htmx).status_code == 200
                asked.append(count.total)
                assert count.total <= (3 if htmx else 8), path
        assert asked[:2] == asked[2:], path
    assert len(told(many.get("/journey"))) == 20
    assert len(told(many.get("/journey?show=account"))) == RARE + 3


def test_each_page_is_read_along_an_index(personas, busy):
    """Nothing is sorted or read whole: at most a page of each kind is put together."""
    browser = personas.browser(busy)
    faults = []
    for path in paths():
        session().rollback()
        with explained() as plans:
            browser.get(path, htmx=True)
        for plan in plans:
            if "fact_subject" not in plan:
                continue
            faults += [f"{path}\n{plan}"] if WHOLE.search(plan) else []
            assert "ix_fact_subject_" in plan, f"{path}\n{plan}"
    assert not faults, "\n\n".join(faults)


def test_reading_touches_a_page_of_rows_not_the_history(personas, busy):
    """PostgreSQL counts what it reads; SQLite is asked by its plan, above."""
    if session().get_bind().dialect.name != "postgresql":
        pytest.skip("only PostgreSQL counts the rows it reads")
    browser = personas.browser(busy)
    for path in paths():
        session().rollback()
        with rows_read() as read:
            browser.get(path, htmx=True)
        assert max(read) < 400, f"{path}: {max(read)}"
