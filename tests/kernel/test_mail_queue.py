"""Which mail leaves next, what becomes of one that is not taken, and how many may leave in an hour."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from flask import current_app
from sqlalchemy import select, update

from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import FactRow
from portal.kernel.mail import Mail, MailClass, Sender, queue, server
from portal.kernel.worker import drain
from tests.conftest import NOW
from tests.support.at_once import at_once
from tests.support.post_office import Post, mailing, put_in_box, serving

HOUR = timedelta(hours=1)


def the_mail() -> Mail:
    session().rollback()
    return session().scalars(select(Mail).execution_options(populate_existing=True)).one()


def after(**passed: float) -> None:
    """Let time pass, then do what is due."""
    with clock.stopped_at(NOW + timedelta(**passed)):
        drain()


@pytest.fixture
def at(database, portal):
    """Let the portal's mails go to a server, for as long as the test runs."""
    with ExitStack() as stack:

        def go(post: Post, **settings: str) -> Post:
            port = stack.enter_context(serving(post))
            stack.enter_context(mailing(database, port, **settings))
            return post

        yield go


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("rcpt", "450 4.2.1 Later"),
        ("rcpt", "550 5.7.1 No"),
        ("rcpt", "552 5.2.2 Full"),
        ("data", "451 4.3.0 Later"),
        ("mail", "451 Slow down"),
    ],
)
def test_what_is_refused_for_now_is_tried_with_growing_patience(at, step, answer):
    post = at(Post(**{step: [answer] * 3}))
    put_in_box()
    for seconds, attempts in [(0, 1), (14, 1), (15, 2), (44, 2), (45, 3)]:
        after(seconds=seconds)
        assert (the_mail().attempts, the_mail().unclear) == (attempts, 0)
        assert answer in the_mail().error
    after(seconds=105)
    assert post.ids() == [the_mail().message_id]
    assert (the_mail().error, the_mail().text) == (None, "")
    assert the_mail().sent_at == NOW + timedelta(seconds=105)


def test_after_two_days_of_refusals_it_is_given_up_and_its_text_kept(at):
    at(Post(rcpt=["450 Later"] * 1000))
    put_in_box()
    for hours in range(48):
        after(hours=hours)
    assert the_mail().failed_at is None
    after(hours=49)
    assert the_mail().failed_at == NOW + timedelta(hours=49)
    assert the_mail().text


@pytest.mark.parametrize(
    ("step", "answer", "reason", "told"),
    [
        ("rcpt", "550 5.1.1 No such user", "nobody", 1),
        ("rcpt", "553 Unknown", "nobody", 1),
        ("data", "554 5.6.0 Not this", "refused", 0),
        ("data", "550 5.7.1 Spam", "refused", 0),
    ],
)
def test_what_is_refused_for_good_is_not_tried_again(at, step, answer, reason, told):
    post = at(Post(**{step: [answer]}))
    put_in_box(2)
    drain()
    after(days=1)
    assert len(post.messages) == 1
    session().rollback()
    [lost] = session().scalars(select(Mail).where(Mail.failed_at.is_not(None)))
    assert (lost.error, lost.unclear) == (f"{reason}: {answer}", 0)
    assert lost.text
    facts = select(FactRow.body).where(FactRow.name == "MailRefused")
    assert list(session().scalars(facts)) == [{"mail_id": lost.id}] * told


def test_a_mail_that_can_not_be_written_stands_in_nobodys_way(at):
    post = at(Post())
    put_in_box(3)
    with unit_of_work() as work:
        work.execute(
            update(Mail).where(Mail.address == "p0@example.com").values(address="a@b, c@d")
        )
    drain()
    assert post.recipients == [["p1@example.com"], ["p2@example.com"]]
    [lost] = session().scalars(select(Mail).where(Mail.failed_at.is_not(None)))
    assert lost.error.startswith("refused: ValueError")


def test_a_sender_that_is_refused_is_the_servers_trouble_and_no_mails(at):
    post = at(Post(mail=["553 5.7.1 Not you"]))
    put_in_box(3)
    drain()
    session().rollback()
    assert {(one.attempts, one.unclear) for one in session().scalars(select(Mail))} == {(0, 0)}
    assert "sender: 553" in server.state().error
    after(seconds=15)
    assert len(post.messages) == 3
    assert server.state() is None


def test_the_most_urgent_leaves_first_and_one_line_carries_many(at):
    post = at(Post())
    for urgency in (MailClass.DIGEST, MailClass.NOTICE, MailClass.CRITICAL):
        put_in_box(34, urgency, urgency.name.lower())
    drain()
    order = [to[:3] for [to] in post.recipients]
    assert order == ["cri"] * 34 + ["not"] * 34 + ["dig"] * 34
    assert post.lines == 2


def test_a_code_is_not_kept_waiting_by_a_run_of_digests(at):
    """It leaves next, also when it is asked for in the middle of the run."""
    post = at(Post())
    put_in_box(10, MailClass.DIGEST)

    def ask_once() -> bool:
        if len(post.messages) == 4:
            put_in_box(1, MailClass.CRITICAL, "code")
        return True

    Sender().send_due(ask_once)
    assert [to for [to] in post.recipients].index("code0@example.com") == 4


def test_the_limit_of_an_hour_stops_all_but_critical_mail(at):
    post = at(Post(), PORTAL_MAILS_PER_HOUR="3")
    put_in_box(5)
    drain()
    assert len(post.messages) == 3
    put_in_box(2, MailClass.CRITICAL, "code")
    drain()
    assert len(post.messages) == 5
    after(minutes=59)
    assert (len(post.messages), post.lines) == (5, 2)
    after(hours=1)
    assert len(post.messages) == 7


def test_a_sender_that_died_twice_with_a_mail_in_hand_has_it_tried_no_more(at):
    post = at(Post())
    put_in_box()
    for minutes in (0, 6):
        with clock.stopped_at(NOW + timedelta(minutes=minutes)), unit_of_work():
            assert queue.claim(clock.now()) is not None
            assert queue.claim(clock.now()) is None
    after(minutes=12)
    assert post.messages == []
    assert the_mail().error.startswith("unclear: ")
    with unit_of_work():
        assert queue.renew(NOW) == 1
    after(minutes=12)
    assert post.ids() == [the_mail().message_id]


def test_whoever_has_lost_the_mail_to_another_changes_nothing(at):
    at(Post())
    put_in_box()
    with unit_of_work() as work:
        held = queue.claim(NOW)
        work.expunge(held)
    after(minutes=6)
    sent = the_mail().sent_at
    with unit_of_work():
        queue.put_back(held, queue.Trouble.LATER, "451", NOW, HOUR)
        queue.put_back_untried(held)
    assert (the_mail().sent_at, the_mail().error) == (sent, None)


def test_four_senders_send_each_mail_once(at, portal):
    post = at(Post())
    put_in_box(40)
    app = current_app._get_current_object()

    def send() -> int:
        with app.app_context():
            return Sender().send_due()

    assert sum(at_once([send] * 4)) == 40
    assert sorted(to for [to] in post.recipients) == sorted(f"p{n}@example.com" for n in range(40))
