"""Sign in with a mailed code or link: once, for 15 minutes, the newest one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import SignInRequest
from portal.kernel import clock
from portal.kernel.db import session
from tests.accounts.walk import asked, code_in, is_in, latest, link_in, wrong
from tests.conftest import NOW
from tests.support.browser import Browser

ALICE = "alice@example.com"
NO_LONGER = "Den koden gäller inte längre."


@pytest.fixture(autouse=True)
def alice(personas):
    return personas.alice


@pytest.mark.parametrize("htmx", [False, True])
def test_one_signs_in_with_the_mailed_code(browser, mailbox, htmx):
    answer = browser.post("/sign-in", {"email": ALICE, "next": "/about"}, htmx=htmx)
    where = "HX-Redirect" if htmx else "Location"
    assert (answer.status_code, answer.headers[where]) == (204 if htmx else 303, "/sign-in/code")
    assert ALICE in browser.get("/sign-in/code").text
    code = code_in(latest(mailbox))
    answer = browser.post("/sign-in/code", {"code": code}, htmx=htmx)
    assert (answer.status_code, answer.headers[where]) == (204 if htmx else 303, "/about")
    assert is_in(browser)


@pytest.mark.parametrize("written", ["{} {}", " {}{} ", "{}-{}", "{}\u00a0{}", "{}.{}"])
def test_the_code_may_be_written_with_blanks(browser, mailbox, written):
    code = code_in(asked(browser, mailbox, ALICE))
    typed = written.format(code[:3], code[3:])
    assert browser.post("/sign-in/code", {"code": typed}).status_code == 303


def test_the_code_may_be_written_with_arabic_digits(browser, mailbox):
    code = code_in(asked(browser, mailbox, ALICE))
    typed = "".join(chr(ord("٠") + int(digit)) for digit in code)
    assert browser.post("/sign-in/code", {"code": typed}).status_code == 303


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("code", ["", "abc", "12345", "1" * 21, "<script>"])
def test_what_is_no_code_is_refused(browser, mailbox, htmx, code):
    asked(browser, mailbox, ALICE)
    answer = browser.post("/sign-in/code", {"code": code}, htmx=htmx)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert '<script>"' not in answer.text
    assert ("<h1>" in answer.text) is not htmx


def test_five_wrong_codes_end_the_request(browser, mailbox):
    mail = asked(browser, mailbox, ALICE)
    for _try in range(5):
        answer = browser.post("/sign-in/code", {"code": wrong(code_in(mail))})
        assert "Det är inte koden" in answer.text
    answer = browser.post("/sign-in/code", {"code": code_in(mail)})
    assert answer.status_code == 422
    assert NO_LONGER in answer.text
    assert browser.post(link_in(mail)).status_code == 422
    assert not is_in(browser)


def test_the_fifth_try_may_still_be_right(browser, mailbox):
    mail = asked(browser, mailbox, ALICE)
    for _try in range(4):
        browser.post("/sign-in/code", {"code": wrong(code_in(mail))})
    assert browser.post("/sign-in/code", {"code": code_in(mail)}).status_code == 303


def test_a_code_works_once(browser, mailbox):
    mail = asked(browser, mailbox, ALICE)
    other = Browser(browser.app)
    held = browser.client.get_cookie("session")
    other.client.set_cookie("session", held.value)
    assert browser.post("/sign-in/code", {"code": code_in(mail)}).status_code == 303
    answer = other.post("/sign-in/code", {"code": code_in(mail)})
    assert answer.status_code == 422
    assert NO_LONGER in answer.text


def test_only_the_newest_code_and_link_work(browser, mailbox):
    first = asked(browser, mailbox, ALICE)
    second = asked(browser, mailbox, ALICE)
    assert browser.post(link_in(first)).status_code == 422
    if code_in(first) != code_in(second):
        assert browser.post("/sign-in/code", {"code": code_in(first)}).status_code == 422
    assert browser.post("/sign-in/code", {"code": code_in(second)}).status_code == 303


@pytest.mark.parametrize(("minutes", "status"), [(14.9, 303), (15, 422), (61, 422)])
def test_a_code_works_for_15_minutes(browser, mailbox, minutes, status):
    mail = asked(browser, mailbox, ALICE)
    with clock.stopped_at(NOW + timedelta(minutes=minutes)):
        answer = browser.post("/sign-in/code", {"code": code_in(mail)})
        assert answer.status_code == status
        assert browser.post(link_in(mail)).status_code == 422 or status == 303


def test_opening_the_link_changes_nothing_however_often(browser, mailbox):
    mail = asked(browser, mailbox, ALICE)
    scanner = Browser(browser.app)
    before = scanned()
    for _time in range(2):
        page = scanner.get(link_in(mail))
        assert page.status_code == 200
        assert "<button" in page.text
        assert scanner.client.head(link_in(mail)).status_code == 200
    assert scanned() == before
    assert not is_in(scanner)
    assert browser.get(link_in(mail)).status_code == 200
    assert browser.post(link_in(mail)).status_code == 303
    assert is_in(browser)


@pytest.mark.parametrize("htmx", [False, True])
def test_the_second_press_on_the_link_is_refused_kindly(browser, mailbox, htmx):
    mail = asked(browser, mailbox, ALICE)
    other = Browser(browser.app)
    assert browser.post(link_in(mail)).status_code == 303
    answer = other.post(link_in(mail), htmx=htmx)
    assert answer.status_code == 422
    assert NO_LONGER in answer.text
    assert 'href="/sign-in"' in answer.text
    assert not is_in(other)


def test_a_link_with_another_secret_lets_nobody_in(browser, mailbox):
    link = link_in(asked(browser, mailbox, ALICE))
    forged = link[:-1] + ("0" if link[-1] != "0" else "1")
    assert browser.post(forged).status_code == 422
    assert browser.post("/sign-in/link/nosuchid2345/" + "0" * 40).status_code == 404
    assert browser.post("/sign-in/link/nosuchid2345/å%F0%9F%90%B1").status_code == 404
    assert not is_in(browser)


def test_the_link_is_made_of_the_configured_address_not_of_the_host_header(browser, mailbox):
    evil = {"base_url": "http://evil.example"}
    browser.get("/sign-in", **evil)
    assert browser.post("/sign-in", {"email": ALICE}, **evil).status_code == 303
    mail = latest(mailbox)
    assert "evil.example" not in mail.text + mail.html


def test_without_a_request_the_code_page_leads_to_the_beginning(browser):
    assert browser.get("/sign-in/code").headers["Location"] == "/sign-in"
    assert browser.post("/sign-in/code", {"code": "123456"}).headers["Location"] == "/sign-in"
    assert browser.post("/sign-in/code/renewal").headers["Location"] == "/sign-in"


@pytest.mark.parametrize("htmx", [False, True])
def test_a_new_code_can_be_asked_for_and_takes_one_to_the_same_place(browser, mailbox, htmx):
    first = asked(browser, mailbox, ALICE, next="/terms")
    answer = browser.post("/sign-in/code/renewal", htmx=htmx)
    assert answer.status_code == (204 if htmx else 303)
    second = latest(mailbox)
    assert second.id != first.id
    answer = browser.post("/sign-in/code", {"code": code_in(second)})
    assert answer.headers["Location"] == "/terms"


def test_the_mail_is_in_the_language_of_the_account(browser, mailbox, personas):
    personas.browser(personas.alice).post("/language", {"lang": "en"})
    assert asked(browser, mailbox, ALICE).subject.endswith("is your code")


def test_signed_in_people_are_led_on_from_the_sign_in_pages(personas):
    browser = personas.browser(personas.alice)
    for path in ("/sign-in", "/sign-up", "/sign-in/password"):
        assert browser.get(path).headers["Location"] == "/"
        assert browser.get(f"{path}?next=/terms").headers["Location"] == "/terms"


def scanned() -> list[tuple[object, ...]]:
    session().rollback()
    columns = (SignInRequest.tries, SignInRequest.used_at, SignInRequest.superseded_at)
    return [tuple(row) for row in session().execute(select(*columns))]
