"""Workers beside each other, and one that is killed (kill -9), tell everybody once."""

import pytest
from sqlalchemy import func, select

from portal.events.facts import EventAnnounced
from portal.kernel import jobs, worker
from portal.kernel.actors import Actor
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import record
from portal.notifications.actions import News, read_notice, tell
from portal.notifications.models import Notice, NoticeItem
from portal.openings.facts import OpeningPublished
from tests.conftest import NOW
from tests.notifications.telling import items, notices, unread
from tests.support.at_once import at_once, inside
from tests.support.notices import account
from tests.support.workers import until, working

PROGRAM = """
from tests.support import slow_worker
from portal.notifications.jobs import spreading
spreading.AT_ONCE, tell = 4, spreading.tell
def slowly(people, news, at):
    tell(people, news, at)
    if not (slow_worker.FOLDER / "first").exists():
        (slow_worker.FOLDER / "first").touch()
    else:
        slow_worker.rest("batch")
spreading.tell = slowly
slow_worker.main()
"""


@pytest.fixture
def members(personas, make):
    found = [account(make.person()) for _ in range(10)]
    for person in found:
        make.membership(person, personas.network)
    return found


def test_two_who_tell_the_same_at_once_tell_it_once(portal, personas, members):
    people = [one.id for one in members]

    def telling(network_id):
        def act():
            with unit_of_work():
                news = News("openings", "OpeningPublished", 1, f"network:{network_id}", None)
                tell(people, news, NOW)

        return act

    at_once([inside(portal, telling(number % 2)) for number in range(6)])
    assert len(items()) == len(people)
    assert {unread(one) for one in members} == {1}
    assert session().scalar(select(func.sum(Notice.count))) == len(people)


def test_reading_and_telling_at_once_leave_the_true_number(portal, personas, members):
    alice, people = members[0], [one.id for one in members]
    actor = Actor(alice.id)
    for turn in range(4):

        def telling(number):
            def act():
                with unit_of_work():
                    news = News("openings", "OpeningPublished", number, "network:1")
                    tell(people, news, NOW)

            return act

        def reading():
            with unit_of_work():
                read_notice(actor, (session().scalar(select(func.max(Notice.id))) or 0), NOW)

        acts = [telling(10 * turn + number) for number in range(3)]
        at_once([inside(portal, one) for one in (*acts, reading)])
        unread(alice)  # compares it with the rows
    assert len(items(alice)) == 12


def test_two_workers_tell_a_whole_network_once(portal, personas, make, members):
    event = make.event(network_id=personas.network.id)
    opening = make.opening(networks=[personas.network])
    with unit_of_work():
        record(EventAnnounced(event.id, personas.network.id), NOW)
        for _ in range(3):
            record(OpeningPublished(opening.id, personas.network.id), NOW)
    at_once([inside(portal, worker.drain)] * 2)
    assert len(items()) == 2 * len(members)
    assert {unread(one) for one in members} == {2}
    assert {one.count for one in notices(members[0])} == {1}


def test_a_worker_killed_in_the_middle_of_a_network_tells_everybody_once(
    database, personas, make, members, tmp_path
):
    event = make.event(network_id=personas.network.id)
    with unit_of_work():
        record(EventAnnounced(event.id, personas.network.id), NOW)
    session().rollback()
    with working(PROGRAM, database, tmp_path) as workers:
        workers.kill_when("batch")
        assert len(items()) == 4, "the first batch stands, of the second nothing"
        workers.start()
        until(all_told)
    told = session().execute(select(NoticeItem.person_id, NoticeItem.subject_id)).all()
    assert sorted(told) == sorted((one.id, event.id) for one in members)
    assert {unread(one) for one in members} == {1}


def all_told():
    session().rollback()
    query = select(jobs.Job.id).where(
        jobs.Job.name.in_(("notifications.spread", "facts.tell")), jobs.Job.done_at.is_(None)
    )
    return session().scalars(query.limit(1)).first() is None
