"""`portal mail test` says in plain words how far a mail came; `portal mail queue` counts."""

import pytest

from portal.cli.mail import mail
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.mail import MailClass, server
from portal.kernel.worker import drain
from tests.support.databases import portal_on
from tests.support.post_office import Post, Rough, mailing, put_in_box, serving


def run(app, *arguments: str):
    with app.app_context():
        return app.test_cli_runner().invoke(mail, arguments)


def test_each_step_is_told_and_the_mail_arrives(database, portal):
    post = Post()
    with serving(post) as port, mailing(database, port) as app:
        told = run(app, "test", "kim@example.com")
    assert told.exit_code == 0, told.output
    assert told.output.count("ok   ") == 8
    assert "signed: no, no key is set" in told.output
    assert "not encrypted" in told.output
    [message] = post.messages
    assert post.recipients == [["kim@example.com"]]
    assert message["Auto-Submitted"] == "auto-generated"
    assert "mails leave the portal as they should" in message.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("step", "answer", "words"),
    [
        ("mail", "553 5.7.1 Not you", "May PORTAL_MAIL_FROM send there?"),
        ("rcpt", "550 5.1.1 Unknown", "Nobody has this mailbox"),
        ("rcpt", "450 4.2.1 Later", "It may take it later"),
        ("data", "554 5.6.0 No", "It would refuse it again"),
    ],
)
def test_what_the_server_refuses_is_told_with_its_own_words(database, portal, step, answer, words):
    with serving(Post(**{step: [answer]})) as port, mailing(database, port) as app:
        told = run(app, "test", "kim@example.com")
    assert told.exit_code == 1
    assert words in told.output
    assert answer in told.output


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"PORTAL_SMTP_URL": "smtp://127.0.0.1:9"}, "Are host and port right"),
        ({"PORTAL_SMTP_URL": f"smtp://{'x' * 64}"}, "Is the host in PORTAL_SMTP_URL right?"),
        ({}, "PORTAL_SMTP_URL is not set"),
    ],
)
def test_a_server_that_is_not_there_is_told(database, portal, settings, words):
    told = run(portal_on(database.url, **settings), "test", "kim@example.com")
    assert told.exit_code == 1
    assert words in told.output


def test_an_address_that_is_none_and_a_line_that_can_not_be_encrypted_are_told(database, portal):
    with Rough("", 0) as rough:
        app = portal_on(database.url, PORTAL_SMTP_URL=f"smtp+starttls://127.0.0.1:{rough.port}")
        told = run(app, "test", "kim@example.com")
        assert (told.exit_code, "could not be encrypted" in told.output) == (1, True)
        told = run(app, "test", "kim@example.com, all@example.com")
        assert (told.exit_code, "Is the address right" in told.output) == (1, True)
        assert rough.taken == []


def test_what_waits_is_counted(portal):
    put_in_box(2)
    drain()
    put_in_box(3, MailClass.DIGEST)
    with unit_of_work():
        server.fails("signed in: 535 No", clock.now())
    told = run(portal, "queue").output
    assert "       3 waiting: digest" in told
    assert "       2 sent within the hour" in told
    assert "535 No" in told
