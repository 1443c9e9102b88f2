"""Workers that write the same mails beside each other, and one that is killed (kill -9) meanwhile."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select, update

from portal.kernel.db import session, unit_of_work
from portal.kernel.jobs import enqueue
from portal.notifications.jobs.at_once import mail_at_once
from portal.notifications.jobs.digests import write_some
from portal.notifications.models import NoticeItem, Rhythm
from tests.conftest import NOW
from tests.support.notices import account, at, choice, mails, tell_of_event, unsettled

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds
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


def side_by_side(app, act, workers=4):
    ready = Barrier(workers)

    def work():
        with app.app_context():
            ready.wait(timeout=20)
            act()

    session().rollback()
    with ThreadPoolExecutor(workers) as pool:
        for future in [pool.submit(work) for _worker in range(workers)]:
            future.result()


def is_all_settled():
    session().rollback()
    left = select(NoticeItem.person_id).where(NoticeItem.settled_at.is_(None)).limit(1)
    return session().scalars(left).first() is None


def until(reached):
    limit = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < limit, "the worker did not get there"
        time.sleep(0.05)


def test_four_workers_write_to_everybody_once(portal, people):
    side_by_side(portal, lambda: write_some(NOW.isoformat(), None))
    assert sorted(mail.person_id for mail in mails()) == people
    assert is_all_settled()


def test_four_workers_mail_somebody_once_at_once(portal, make, personas):
    alice = account(personas.alice)
    choice(alice, "events", "now")
    tell_of_event(make.event(network_id=personas.network.id), alice)
    person_id = alice.id
    side_by_side(portal, lambda: mail_at_once(person_id))
    assert len(mails()) == 1
    with at(NOW):
        assert unsettled(alice) == 0


def test_a_worker_killed_in_the_middle_of_a_run_doubles_and_loses_nothing(
    database, people, tmp_path
):
    with unit_of_work():
        enqueue("digests.start", {}, run_at=min(NOW, datetime.now(UTC)))
    session().rollback()
    environment = os.environ | {"DATABASE_URL": database.url, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PROGRAM, "1.5", str(tmp_path)]
    (tmp_path / "rest").touch()
    first = subprocess.Popen(command, cwd=ROOT, env=environment)
    until((tmp_path / "reached-fifth").exists)
    first.send_signal(signal.SIGKILL)
    assert first.wait(10) == -signal.SIGKILL
    assert [mail.person_id for mail in mails()] == people[:3], "of the second three nothing stands"
    (tmp_path / "rest").unlink()
    second = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        until(is_all_settled)
    finally:
        second.kill()
        second.wait(10)
    assert sorted(mail.person_id for mail in mails()) == people
