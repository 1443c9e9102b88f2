"""A mail server that breaks off, hangs, refuses or is away: nothing is lost, and only what nobody can
know is there twice, once.
"""

import threading
from collections import Counter
from datetime import timedelta
from itertools import count

import pytest
from flask import current_app
from sqlalchemy import func, select

from portal.kernel import clock, jobs
from portal.kernel.db import session, unit_of_work
from portal.kernel.jobs import Job
from portal.kernel.mail import Mail, MailClass, Sender, server
from portal.kernel.worker import start_sending, work
from tests.conftest import NOW
from tests.support.post_office import Post, Rough, free_port, mailing, put_in_box, serving
from tests.support.workers import until

QUICK = 0.15  # seconds of patience
STEPS = ("connect", "EHLO", "MAIL", "RCPT", "DATA", "text")


def left() -> int:
    session().rollback()
    return session().scalar(select(func.count()).where(Mail.sent_at.is_(None))) or 0


def send_for(sender: Sender, start: timedelta, longest: timedelta) -> timedelta:
    """Let time pass in steps of ten seconds until everything has left; return how long it took."""
    for passed in count(step=10):
        waited = timedelta(seconds=passed)
        assert waited <= longest, f"{left()} have not left"
        with clock.stopped_at(NOW + start + waited):
            sender.send_due()
        if not left():
            return waited
    raise AssertionError


def numbers_sent() -> set[tuple[int, int]]:
    session().rollback()
    return {(row[0], row[1]) for row in session().execute(select(Mail.attempts, Mail.unclear))}


@pytest.mark.parametrize("silent", [False, True], ids=["breaks off", "hangs"])
@pytest.mark.parametrize("step", STEPS)
def test_all_arrive_and_only_what_nobody_can_know_twice(database, portal, step, silent):
    with Rough(step, 2, silent=silent) as rough, mailing(database, rough.port):
        put_in_box(8)
        send_for(Sender(QUICK), timedelta(0), timedelta(minutes=2))
        copies = Counter(rough.ids())
        assert len(copies) == 8
        unknown = 2 if step == "text" else 0
        assert sorted(copies.values()) == [1] * (8 - unknown) + [2] * unknown
        if step in ("connect", "EHLO"):
            assert numbers_sent() == {(1, 0)}
        assert server.state() is None


def test_a_mail_that_may_have_arrived_twice_is_not_tried_again(database, portal):
    with Rough("text", 9) as rough, mailing(database, rough.port):
        put_in_box()
        sender = Sender(QUICK)
        for minutes in range(0, 300, 5):
            with clock.stopped_at(NOW + timedelta(minutes=minutes)):
                sender.send_due()
        session().rollback()
        lost = session().scalars(select(Mail)).one()
        assert rough.ids() == [lost.message_id] * 2
        assert lost.failed_at is not None
        assert lost.error.startswith("unclear: ")


@pytest.mark.parametrize("how", ["away", "refusing"])
def test_two_hours_without_a_server_lose_and_double_nothing(database, portal, how):
    """Everything has left five minutes after it is back; where nobody listens, no mail has been tried."""
    port, post = free_port(), Post(data=[""] * 3 + ["451 Try later"] * 500)
    sender = Sender()
    with mailing(database, port):
        put_in_box(20)
        put_in_box(3, MailClass.CRITICAL, "code")
        if how == "refusing":
            with serving(post, port):
                for minutes in range(120):
                    with clock.stopped_at(NOW + timedelta(minutes=minutes)):
                        sender.send_due()
            assert len(post.messages) == 3
            post.answers.clear()
        else:
            for minutes in range(120):
                with clock.stopped_at(NOW + timedelta(minutes=minutes)):
                    sender.send_due()
            assert numbers_sent() == {(0, 0)}
            assert server.state().tries > 20
        assert server.state().failing_since <= NOW + timedelta(minutes=2)
        post.answers.clear()
        with serving(post, port):
            send_for(sender, timedelta(hours=2), timedelta(minutes=5))
        assert sorted(Counter(post.ids()).values()) == [1] * 23
        assert server.state() is None


def test_with_every_third_refused_two_hundred_arrive_once(database, portal):
    post = Post(data=["", "", "451 Not this one"] * 200)
    with serving(post) as port, mailing(database, port):
        put_in_box(200)
        send_for(Sender(), timedelta(0), timedelta(minutes=30))
        assert sorted(Counter(post.ids()).values()) == [1] * 200
        assert {tuple(to) for to in post.recipients} == {(f"p{n}@example.com",) for n in range(200)}


def test_only_one_sender_at_a_time_tries_a_server_that_fails(database, portal):
    with mailing(database, free_port()):
        put_in_box()
        Sender().send_due()
        with clock.stopped_at(NOW + timedelta(seconds=15)):
            failing = server.state()
            with unit_of_work():
                assert server.turn(failing, clock.now())
                assert not server.turn(failing, clock.now())


def test_a_server_that_hangs_holds_up_no_job(database, portal):
    with Rough("EHLO", 99, silent=True) as rough, mailing(database, rough.port):
        app, stop = current_app._get_current_object(), threading.Event()
        put_in_box()
        with unit_of_work():
            jobs.enqueue("jobs.clear", {})
        sending = start_sending(app, stop, 0.01)
        until(lambda: bool(rough.open))
        working = threading.Thread(target=work, args=(app, stop, 0.01))
        working.start()
        until(lambda: not waiting_jobs())
        assert sending.is_alive()
        stop.set()
        for line in rough.open:
            line.close()
        for thread in (working, sending):
            thread.join(10)
            assert not thread.is_alive()


def waiting_jobs() -> bool:
    session().rollback()
    wanted = select(Job.id).where(Job.name == "jobs.clear", Job.done_at.is_(None))
    return session().scalar(wanted.limit(1)) is not None
