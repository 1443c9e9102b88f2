"""Mails leave over SMTP, whole and once; a mail server that is down delays nothing but the mail."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from sqlalchemy import delete, select, update

from portal.accounts import actions
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.jobs import Job
from portal.kernel.mail import Letter, Mail, Reader, server
from portal.kernel.mail import post as put_in_the_box
from portal.kernel.worker import drain
from portal.people.models import Person
from tests.conftest import NOW
from tests.support.browser import Browser
from tests.support.post_office import Post, mailing, serving


def ask(address="stina@example.com", name="Stina Öberg"):
    with unit_of_work():
        actions.ask_to_sign_in(address, "sv", clock.now(), name=name)


def test_a_mail_leaves_whole(database, portal):
    post = Post()
    with serving(post) as port, mailing(database, port):
        ask()
        drain()
        [message] = post.messages
        assert post.recipients == [["stina@example.com"]]
        assert message["To"] == "stina@example.com"
        assert message["From"] == "Kundidat <hej@kundidat.example>"
        assert message["Subject"].endswith("är din kod")
        assert parsedate_to_datetime(message["Date"]) == NOW
        assert message["Message-ID"].endswith("@natverk.example.com>")
        assert message["Auto-Submitted"] == "auto-generated"
        assert message.get_content_type() == "multipart/alternative"
        kinds = [part.get_content_type() for part in message.iter_parts()]
        assert kinds == ["text/plain", "text/html"]
        for part in [message, *message.iter_parts()]:
            assert part.defects == []
            assert all(header.defects == () for header in part.values())


def test_text_and_html_carry_the_same_code_and_link_in_the_readers_language(database, portal):
    post = Post()
    with serving(post) as port, mailing(database, port):
        ask()
        drain()
        text = post.messages[0].get_body(("plain",)).get_content()
        html = post.messages[0].get_body(("html",)).get_content()
        code = post.messages[0]["Subject"].split()[0]
        [link] = [line for line in text.splitlines() if "/sign-in/link/" in line]
        assert link.startswith("https://natverk.example.com/sign-in/link/")
        assert f'href="{link}"' in html
        assert code in text
        assert f">{code}<" in html
        assert 'lang="sv"' in html
        assert "för att någon, förhoppningsvis du, ville logga in" in text
        assert "<script" not in html


def test_its_text_is_forgotten_once_it_has_left(database, portal):
    post = Post()
    with serving(post) as port, mailing(database, port):
        ask()
        drain()
        session().rollback()
        kept = session().scalars(select(Mail)).one()
        assert (kept.text, kept.html, kept.sent_at) == ("", "", NOW)
        assert [job.args for job in session().scalars(select(Job))] == [{}]


def test_a_mail_leaves_though_its_number_belonged_to_one_that_is_erased(database, personas):
    post = Post()
    with serving(post) as port, mailing(database, port):
        for subject in ("First", "Second"):
            with unit_of_work() as work:
                letter = Letter(subject, "Hej", "<p>Hej</p>")
                put_in_the_box("sign_in", letter, Reader("x@example.com"))
            drain()
            with unit_of_work() as work:
                work.execute(delete(Mail))
        assert [message["Subject"] for message in post.messages] == ["First", "Second"]


def test_a_server_that_is_down_does_not_touch_the_request(database, portal):
    with serving(Post()) as port:
        pass  # nothing listens there any more
    with mailing(database, port) as app:
        browser = Browser(app)
        https = {"base_url": "https://natverk.example.com"}
        browser.get("/sign-up", **https)
        form = {"name": "Stina", "email": "stina@example.com"}
        assert browser.post("/sign-up", form, **https).status_code == 303
        assert browser.get("/sign-in/code", **https).status_code == 200
        drain()
        session().rollback()
        waiting = session().scalars(select(Mail)).one()
        assert (waiting.sent_at, waiting.attempts, waiting.unclear) == (None, 0, 0)
        assert "Refused" in server.state().error
        post = Post()
        with serving(post, port), clock.stopped_at(NOW + timedelta(minutes=1)):
            drain()
        assert len(post.messages) == 1


@pytest.mark.parametrize(
    "evil", ["Stina\r\nBcc: all@example.com", "Stina\nSubject: x", "S\u2028Bcc: y"]
)
def test_line_breaks_in_names_make_no_header(database, portal, evil):
    post = Post()
    with serving(post) as port, mailing(database, port) as app:
        browser = Browser(app)
        https = {"base_url": "https://natverk.example.com"}
        browser.get("/sign-up", **https)
        browser.post("/sign-up", {"name": evil, "email": "stina@example.com"}, **https)
        with unit_of_work():
            session().execute(update(Person).values(name=evil))
        drain()
        [message] = post.messages
        assert message["Bcc"] is None
        assert len(message.get_all("Subject")) == 1
        assert post.recipients == [["stina@example.com"]]


@pytest.mark.parametrize(
    "evil", ["a@example.com\r\nBcc: b@example.com", "a@example.com,b@example.com"]
)
def test_no_address_field_takes_two_addresses(browser, mailbox, evil):
    assert browser.post("/sign-in", {"email": evil}).status_code == 422
    assert mailbox.all() == []


def test_a_used_or_superseded_request_is_not_mailed(database, portal):
    post = Post()
    with serving(post) as port, mailing(database, port):
        ask()
        ask()
        drain()
        assert len(post.messages) == 1
        with clock.stopped_at(NOW + timedelta(hours=1)):
            ask()
        with clock.stopped_at(NOW + timedelta(hours=1, minutes=15)):
            drain()
        assert len(post.messages) == 1


def test_a_domain_with_swedish_letters_is_reached(database, portal):
    post = Post()
    with serving(post) as port, mailing(database, port) as app:
        browser = Browser(app)
        https = {"base_url": "https://natverk.example.com"}
        browser.get("/sign-in", **https)
        browser.post("/sign-in", {"email": "info@bågar.example.com"}, **https)
        drain()
        assert post.recipients == [["info@xn--bgar-qoa.example.com"]]
