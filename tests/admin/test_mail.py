"""Administrators see how the mails go, and send again what was given up."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import FactRow
from portal.kernel.mail import Mail, MailClass, server
from portal.kernel.mail.message import token_of
from portal.kernel.worker import drain
from tests.support.at_once import at_once, posting
from tests.support.post_office import put_in_box

PAGE = "/admin/mail"


def give_up(
    error: str = "later: 451 <script>alert(1)</script>", count: int = 1, at: str = "p"
) -> str:
    """Leave mails that were given up; return the token of the latest."""
    put_in_box(count, at=at)
    with unit_of_work() as work:
        failed = {"failed_at": clock.now(), "error": error, "attempts": 12, "unclear": 1}
        work.execute(update(Mail).where(Mail.error.is_(None)).values(failed))
        return token_of(work.scalars(select(Mail).order_by(Mail.id.desc()).limit(1)).one())


def waiting() -> set[str]:
    session().rollback()
    return set(session().scalars(select(Mail.address).where(Mail.failed_at.is_(None))))


def test_only_administrators_know_of_it(browser, personas, kim):
    token = give_up()
    for path in (f"{PAGE}/renewal", f"{PAGE}/{token}/renewal"):
        assert browser.post(path).status_code == 303
        assert personas.browser(personas.mona).post(path).status_code == 404
        assert kim.post(path, token="").status_code == 400
    assert browser.get(PAGE).status_code == 303
    assert personas.browser(personas.mona).get(PAGE).status_code == 404
    assert kim.get(PAGE).status_code == 200
    assert waiting() == set()


def test_a_failed_mail_is_shown_with_its_reason_and_without_what_stands_in_it(kim):
    give_up()
    with unit_of_work() as work:
        work.execute(update(Mail).values(subject="123456 är din kod", text="secret-text"))
    text = kim.get(PAGE).text
    assert "p0@example.com" in text
    assert "E-postservern har inte tagit emot det än." in text
    assert "451 &lt;script&gt;" in text
    for hidden in ("123456", "secret-text", "<script>alert"):
        assert hidden not in text


@pytest.mark.parametrize("htmx", [False, True])
def test_it_is_sent_again_once_however_often_one_asks(kim, personas, htmx):
    token = give_up("unclear: the line broke")
    for words in ("Det är på väg igen", "skickas av sig självt"):
        answer = kim.post(f"{PAGE}/{token}/renewal", htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
        shown = answer if htmx else kim.get(PAGE)
        assert words in shown.text
    session().rollback()
    mail = session().scalars(select(Mail)).one()
    assert (mail.attempts, mail.unclear, mail.error) == (0, 0, None)
    facts = session().scalars(select(FactRow.body).where(FactRow.name == "MailRenewed"))
    assert list(facts) == [{"actor_id": personas.kim.id, "mail_id": mail.id}]
    drain()
    assert "är skickat" in kim.post(f"{PAGE}/{token}/renewal", htmx=True).text


def test_two_administrators_at_once_are_one_renewal(personas):
    token = give_up()
    path = f"{PAGE}/{token}/renewal"
    answers = at_once([posting(personas.browser(personas.kim), path) for _number in range(4)])
    assert [answer.status_code for answer in answers] == [303] * 4
    session().rollback()
    told = select(func.count()).where(FactRow.name == "MailRenewed")
    assert session().scalar(told) == 1


def test_all_are_sent_again_but_those_that_one_should_look_at(kim):
    give_up(count=2)
    give_up("nobody: 550 5.1.1", at="nobody")
    give_up("unclear: the line broke", at="unclear")
    kim.post(f"{PAGE}/renewal")
    assert "2 mejl skickas igen" in kim.get(PAGE).text
    assert waiting() == {"p0@example.com", "p1@example.com"}
    kim.post(f"{PAGE}/renewal")
    assert "inget mejl att skicka igen" in kim.get(PAGE).text


def test_one_whose_text_is_gone_is_not(kim):
    token = give_up()
    with unit_of_work() as work:
        work.execute(update(Mail).values(text=""))
    assert "är inte kvar" in kim.post(f"{PAGE}/{token}/renewal", htmx=True).text
    assert waiting() == set()


@pytest.mark.parametrize("token", ["missing", "9" * 300, "_%25"])
def test_what_never_was_is_no_error(kim, token):
    assert kim.post(f"{PAGE}/{token}/renewal").status_code == 303


def test_the_servers_trouble_and_what_waits_is_told(kim, portal, monkeypatch):
    put_in_box(3, MailClass.DIGEST)
    put_in_box(1, MailClass.CRITICAL)
    assert "Ingen e-postserver är inställd" in kim.get(PAGE).text
    with unit_of_work():
        server.fails("connected: ConnectionRefusedError", clock.now() - timedelta(minutes=10))
    known = replace(portal.extensions["settings"], smtp_url="smtp://127.0.0.1:9")
    monkeypatch.setitem(portal.extensions, "settings", known)
    text = kim.get(PAGE).text
    assert "E-postservern tar inte emot mejl just nu" in text
    assert "ConnectionRefusedError" in text
    figures = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", text))
    assert (figures["Sammandrag"], figures["Inloggning och säkerhet"]) == ("3", "1")
    assert "E-postservern tar inte emot mejl just nu" in kim.get("/admin").text


@pytest.mark.parametrize("query", ["", "state=waiting"])
def test_the_lists_go_on_page_by_page_in_few_queries(kim, count_queries, query):
    if query:
        put_in_box(13, MailClass.CRITICAL)
        put_in_box(12, MailClass.DIGEST)
    else:
        give_up(count=25)
    with count_queries() as count:
        text = kim.get(f"{PAGE}?{query}").text
    assert count.total <= 4
    seen = re.findall(r'id="mail-(\w+)"', text)
    following = re.search(r'rel="next" href="([^"]+)"', text)[1].replace("&amp;", "&")
    seen += re.findall(r'id="mail-(\w+)"', kim.get(following).text)
    assert len(seen) == len(set(seen)) == 25


@pytest.mark.parametrize("query", ["after=nonsense", "state=waiting&after=nonsense"])
def test_a_cursor_that_is_not_ours_is_refused(kim, query):
    assert kim.get(f"{PAGE}?{query}").status_code == 400
