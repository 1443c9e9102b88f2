"""Workers that write the same mails beside each other, and one that is killed (kill -9) meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from portal.kernel.db import session, unit_of_work
from portal.kernel.jobs import enqueue
from portal.notifications.jobs.at_once import mail_at_once
from portal.notifications.jobs.digests import write_some
from portal.notifications.models import NoticeItem, Rhythm
from tests.conftest import NOW
from tests.support.at_once import at_once, inside
from tests.support.notices import account, at, choice, mails, tell_of_event, unsettled
from tests.support.workers import until, working

# Writes to three people at once, and rests in the transaction of the second three, if asked to.
PROGRAM = """
from tests.support import slow_worker
from portal.notifications.jobs import digests
digests.AT_ONCE, put = 3, digests.put
def slowly(*letter):
    put(*letter)
    with (slow_worker.FOLDER / "written").open("a") as file:
        file.write("x")
    if (slow_worker.FOLDER / "written").stat().st_size == 5:
        slow_worker.rest("fifth")
digests.put = slowly
slow_worker.main()
"""


@pytest.fixture
def people(personas, make):
    """Ten people, whose digest is due a day ago by the clock on the wall."""
    found = [account(make.person()) for _number in range(10)]
    for person in found:
        make.membership(person, personas.network)
    event = make.event(network_id=personas.network.id, starts_at=datetime(2099, 1, 1, tzinfo=UTC))
    tell_of_event(event, *found)
    with unit_of_work() as work:
        due = min(NOW, datetime.now(UTC)) - timedelta(hours=25)
        work.execute(update(Rhythm).values(next_at=due))
    return [person.id for person in found]


def is_all_settled():
    session().rollback()
    left = select(NoticeItem.person_id).where(NoticeItem.settled_at.is_(None)).limit(1)
    return session().scalars(left).first() is None


def test_four_workers_write_to_everybody_once(portal, people):
    at_once([inside(portal, lambda: write_some(NOW.isoformat(), None))] * 4)
    assert sorted(mail.person_id for mail in mails()) == people
    assert is_all_settled()


def test_four_workers_mail_somebody_once_at_once(portal, make, personas):
    alice = account(personas.alice)
    choice(alice, "events", "now")
    tell_of_event(make.event(network_id=personas.network.id), alice)
    person_id = alice.id
    at_once([inside(portal, lambda: mail_at_once(person_id))] * 4)
    assert len(mails()) == 1
    with at(NOW):
        assert unsettled(alice) == 0


def test_a_worker_killed_in_the_middle_of_a_run_doubles_and_loses_nothing(
    database, people, tmp_path
):
    with unit_of_work():
        enqueue("digests.start", {}, run_at=min(NOW, datetime.now(UTC)))
    session().rollback()
    with working(PROGRAM, database, tmp_path) as workers:
        workers.kill_when("fifth")
        standing = [mail.person_id for mail in mails()]
        assert standing == people[:3], "of the second three nothing stands"
        workers.start()
        until(is_all_settled)
    assert sorted(mail.person_id for mail in mails()) == people
