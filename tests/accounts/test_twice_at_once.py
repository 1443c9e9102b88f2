"""Two windows and two clicks: what is done stays done once, and nobody is told that it failed."""

import re

import pytest

from tests.accounts.addresses import held, link_in
from tests.accounts.walk import code_in, cookie, latest, race, with_cookie
from tests.support.browser import Browser

OTHER = "alice@home.example.net"
LIST = "/account/addresses"


@pytest.fixture
def mail(alice, mailbox):
    """The mail with code and link to an address that Alice wants to add."""
    alice.post(f"{LIST}/new", {"email": OTHER})
    return latest(mailbox)


def by_code(browser, mail):
    return browser.post(f"{LIST}/code", {"code": code_in(mail)})


def by_link(browser, mail):
    return browser.post(link_in(mail))


@pytest.mark.parametrize("second", [by_code, by_link])
@pytest.mark.parametrize("first", [by_code, by_link])
def test_a_second_click_finds_the_address_added(personas, alice, mail, first, second):
    for click in (first, second):
        answer = click(alice, mail)
        assert (answer.status_code, answer.headers["Location"]) == (303, LIST)
    assert held(personas.alice) == ["alice@example.com", OTHER]


@pytest.mark.parametrize("click", [by_code, by_link])
def test_two_windows_at_once_add_it_once(portal, personas, alice, mail, click):
    def prepare(_number):
        window = with_cookie(alice, cookie(alice))
        window.get("/about")
        return lambda: click(window, mail).status_code

    assert race(portal, 4, prepare) == [303] * 4
    assert held(personas.alice) == ["alice@example.com", OTHER]


def test_two_windows_that_prove_it_at_once_stay_signed_in_or_sign_in_again(portal, personas, alice):
    """Each proof gives the browser a new token; the last answer's cookie is the one that counts."""
    alice.post("/account/password", {"password": "trumpet lagun vattentorn kexchoklad"})
    held_cookie = cookie(alice)

    def prepare(_number):
        window = with_cookie(alice, held_cookie)
        window.get("/about")
        form = {"password": "trumpet lagun vattentorn kexchoklad"}
        return lambda: (window.post("/account/proof", form).status_code, window)

    found = race(portal, 3, prepare)
    assert all(one[0] == 303 for one in found), found
    signed_in = [window for _status, window in found if window.get("/account").status_code == 200]
    assert len(signed_in) == 1


def test_ending_a_browser_twice_is_said_kindly(personas, alice):
    personas.browser(personas.alice)
    [other] = re.findall(r"/account/sessions/(\w+)/end", alice.get("/account").text)
    words = []
    for _click in range(2):
        alice.post(f"/account/sessions/{other}/end")
        words.append(alice.get("/account").text)
    assert "Den webbläsaren är utloggad" in words[0]
    assert "Den var redan utloggad" in words[1]


ASKING = {
    "/sign-in": {"email": "alice@example.com"},
    "/sign-up": {"email": "stina@example.com", "name": "Stina"},
    "/account/addresses/new": {"email": OTHER},
    "/account/proof/mail": {},
}


@pytest.mark.parametrize("path", ASKING)
def test_no_mail_leads_to_a_host_that_the_browser_names(portal, alice, mailbox, path):
    evil = {"base_url": "http://evil.example"}
    browser = Browser(portal)
    if path.startswith("/account"):
        browser.client.set_cookie("session", cookie(alice), domain="evil.example")
    browser.get("/about", **evil)
    assert browser.post(path, ASKING[path], **evil).status_code == 303
    mail = latest(mailbox)
    assert "evil.example" not in mail.text + mail.html
    assert "http://127.0.0.1:5000/" in mail.text + mail.html
