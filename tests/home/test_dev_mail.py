"""Where there is no mail server, mails can be read in the portal; nowhere else."""

import re

import pytest

from portal.kernel.clock import now
from portal.kernel.db import unit_of_work
from portal.kernel.mail import Letter, Reader, post
from tests.support.databases import portal_on

LIVE = {
    "PORTAL_ENV": "production",
    "PORTAL_BASE_URL": "https://natverk.example.com",
    "PORTAL_SMTP_URL": "smtp://127.0.0.1:9",
    "PORTAL_MAIL_FROM": "hej@example.com",
    "PORTAL_TRUSTED_HOSTS": "localhost",
    "PORTAL_OIDC_ACME_ISSUER": "https://acme.example",
}


def test_an_empty_box_says_what_to_do(browser):
    page = browser.get("/dev/mail")
    assert page.status_code == 200
    assert "Inga mejl än" in page.text


def test_the_newest_mail_stands_first_and_its_link_can_be_followed(browser, mailbox, count_queries):
    for name in ("first", "second"):
        browser.post("/sign-up", {"name": "Stina", "email": f"{name}@example.com"})
    mailbox.all()
    with count_queries() as count:
        page = browser.get("/dev/mail").text
    assert count.total == 1
    assert page.index("second@example.com") < page.index("first@example.com")
    [first, *_rest] = re.findall(r'href="(/dev/mail/\d+)"', page)
    letter = browser.get(first).text
    [link] = re.findall(r'href="(/sign-in/link/[^"]+)"', letter)
    assert browser.post(link).status_code == 303


def test_what_stands_in_a_mail_is_shown_as_text(browser):
    hostile = (
        '<script>alert(1)</script> http://127.0.0.1:5000/a"onmouseover=x <b> https://evil.example'
    )
    with unit_of_work():
        letter = Letter("<script>x</script>", hostile, "<p>")
        post("sign_in", letter, Reader("a@example.com"))
    page = browser.get("/dev/mail").text
    path = re.findall(r'href="(/dev/mail/\d+)"', page)[0]
    letter = browser.get(path).text
    for text in (page, letter):
        assert "<script>x" not in text
        assert "<script>alert" not in text
    assert '"onmouseover' not in letter
    assert 'href="https://evil.example' not in letter
    assert now()


def test_a_mail_is_shown_as_it_looks_with_its_styles_and_nothing_else(browser, mailbox):
    browser.post("/sign-up", {"name": "Stina", "email": "stina@example.com"})
    [mail] = mailbox.all()
    page = browser.get(f"/dev/mail/{mail.id}").text
    assert "<code>sign_in</code>, <code>critical</code>" in page
    assert f'href="/dev/mail/{mail.id}/looks"' in page
    looks = browser.get(f"/dev/mail/{mail.id}/looks")
    assert looks.text == mail.html
    allowed = looks.headers["Content-Security-Policy"]
    assert allowed.startswith("default-src 'none'; style-src 'unsafe-inline'; ")
    assert "sandbox" in allowed
    assert "script" not in allowed


@pytest.mark.parametrize(
    "path",
    [
        "/dev/mail/0",
        "/dev/mail/999999",
        "/dev/mail/" + "9" * 40,
        "/dev/mail/x",
        "/dev/mail/0/looks",
    ],
)
def test_no_such_mail_is_a_404(browser, path):
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("settings", [{"PORTAL_SMTP_URL": "smtp://127.0.0.1:9"}, LIVE])
def test_where_mails_leave_there_is_no_such_page(database, portal, settings):
    client = portal_on(database.url, **settings).test_client()
    assert client.get("/dev/mail").status_code == 404
    assert client.get("/dev/mail/1").status_code == 404
    assert client.get("/dev/mail/1/looks").status_code == 404


def test_the_code_page_tells_where_to_read(browser):
    browser.post("/sign-up", {"name": "Stina", "email": "stina@example.com"})
    assert 'href="/dev/mail"' in browser.get("/sign-in/code").text
