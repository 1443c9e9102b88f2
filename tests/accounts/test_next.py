"""Wherever one was going, it is a page of this portal: `next` never leads off-site."""

from urllib.parse import quote, urljoin, urlsplit

import pytest
from sqlalchemy import update

from portal.accounts.models import SignInRequest
from portal.kernel.db import unit_of_work
from portal.web.guards import own_path
from tests.accounts.walk import GOOD_PASSWORD, code_in, latest, link_in
from tests.support.browser import Browser

HERE = "http://localhost/sign-in"
HOSTILE = [
    "https://evil.example",
    "http://evil.example/",
    "HTTPS://EVIL.EXAMPLE",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "/\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    "\n//evil.example",
    " //evil.example",
    " https://evil.example",
    "/\x00/evil.example",
    "\x00//evil.example",
    "\x01https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "mailto:evil@evil.example",
    "evil.example",
    "evil.example/path",
    "@evil.example",
    "//localhost@evil.example",
    "//localhost:80@evil.example/",
    "//evil.example%2f@localhost",
    "//[::1]/",
    "//evil.example:80",
    "//evil。example",
    "／／evil.example",
    "//%65vil.example",
    "/\x7f/evil.example",
    "/\x0b/evil.example",
    "/\x0c/evil.example",
    "..//evil.example",
    "?next=//evil.example",
    "#//evil.example",
    "http://[evil",
    "//[evil",
    "/" + "a" * 600,
    "",
]
DECENT = [
    "/",
    "/about",
    "/openings?q=snickare&page=2",
    "/networks/bygg#members",
    "/people?q=åsa öberg 🐢",
    "/%2f/evil.example",
    "/.//evil.example",
    "/redirect?to=https://evil.example",
]


def lands_here(answer):
    where = answer.headers.get("Location") or answer.headers.get("HX-Redirect")
    assert where is not None
    where.encode("latin-1")
    assert "\n" not in where
    assert urlsplit(urljoin(HERE, where)).netloc == "localhost"
    return where


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_next_is_no_path_of_ours(value):
    assert own_path(value) is None


@pytest.mark.parametrize("value", DECENT)
def test_a_path_of_ours_stays(value):
    path = own_path(value)
    assert path is not None
    assert urlsplit(urljoin(HERE, path)).netloc == "localhost"
    assert path.isascii()


def test_there_are_enough_hostile_values():
    assert len(set(HOSTILE)) >= 44


@pytest.mark.parametrize("htmx", [False, True])
def test_no_form_that_takes_next_leads_off_site(portal, personas, mailbox, make, htmx):
    """Walk each hostile value through language, password, page when signed in, and ask."""
    alice = personas.browser(personas.alice)
    alice.post("/account/password", {"password": GOOD_PASSWORD})
    for number, value in enumerate(HOSTILE + DECENT):
        at = {"environ_base": {"REMOTE_ADDR": f"10.1.{number}.1"}}
        lands_here(alice.post("/language", {"lang": "sv", "next": value}, htmx=htmx))
        asked = f"next={quote(value)}"
        for path in ("/sign-in", "/sign-up", "/sign-in/password"):
            answer = alice.get(f"{path}?{asked}")
            assert answer.status_code == 400 if "\0" in value else lands_here(answer)
            assert Browser(portal).get(f"{path}?{asked}").status_code in (200, 400)
        form = {"email": "alice@example.com", "password": GOOD_PASSWORD, "next": value}
        if number % 6 == 0:
            lands_here(Browser(portal).post("/sign-in/password", form, htmx=htmx, **at))


@pytest.mark.parametrize("htmx", [False, True])
def test_showing_again_who_one_is_leads_to_our_own_pages(personas, htmx):
    alice = personas.browser(personas.alice)
    for number, value in enumerate(HOSTILE + DECENT):
        at = {"environ_base": {"REMOTE_ADDR": f"10.2.{number}.1"}}
        for path in ("/account/proof", "/account/proof/code"):
            answer = alice.get(f"{path}?next={quote(value)}", htmx=htmx)
            assert answer.status_code == 400 if "\0" in value else lands_here(answer)
        # No code has been asked for: one is sent back to ask, with where one was going.
        lands_here(alice.post("/account/proof/code", {"code": "1", "next": value}, htmx=htmx, **at))


PARAMETERS = ("next", "return", "return_to", "url", "redirect", "redirect_uri", "back", "goto")


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_no_page_at_all_leads_off_site(portal, personas, who):
    """Whatever such a parameter is called, on every page there is, in and out."""
    browser = Browser(portal) if who == "visitor" else personas.browser(personas.alice)
    rules = [rule for rule in portal.url_map.iter_rules() if "GET" in (rule.methods or ())]
    paths = [rule.rule for rule in rules if not rule.arguments]
    assert len(paths) > 30
    for path in paths:
        for value in (
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/%5cevil.example",
        ):
            query = "&".join(f"{name}={quote(value, safe='')}" for name in PARAMETERS)
            answer = browser.get(f"{path}?{query}")
            if answer.status_code in (301, 302, 303, 307, 308):
                lands_here(answer)


@pytest.mark.parametrize("value", HOSTILE[::5] + DECENT)
def test_the_mailed_code_and_link_lead_to_our_own_pages(portal, mailbox, value):
    browser, form = Browser(portal), {"name": "Stina", "email": "stina@example.com", "next": value}
    browser.post("/sign-up", form)
    lands_here(browser.post("/sign-in/code", {"code": code_in(latest(mailbox))}))
    other = Browser(portal)
    other.post("/sign-in", {"email": "stina@example.com", "next": value})
    lands_here(other.post(link_in(latest(mailbox))))


def test_what_was_kept_meanwhile_is_looked_at_again(portal, mailbox):
    """Who lets a browser in trusts no column, whoever filled it."""
    browser = Browser(portal)
    browser.post("/sign-up", {"name": "Stina", "email": "stina@example.com", "next": "/about"})
    code = code_in(latest(mailbox))
    with unit_of_work() as work:
        work.execute(update(SignInRequest).values(next_path="//evil.example"))
    assert lands_here(browser.post("/sign-in/code", {"code": code})) == "/"


def test_asked_to_sign_in_one_comes_back_to_the_same_page(browser, mailbox, personas):
    assert personas.alice
    asked = browser.get("/account?x=1")
    assert asked.headers["Location"] == "/sign-in?next=/account%3Fx%3D1"
    page = browser.get(asked.headers["Location"])
    assert 'name="next" value="/account?x=1"' in page.text


def test_a_foreign_referrer_is_not_gone_back_to(browser):
    headers = {"Referer": "https://evil.example/account"}
    answer = browser.post("/account/password", {"password": "x"}, headers=headers)
    assert answer.headers["Location"] == "/sign-in"
    headers = {"Referer": "http://localhost/about?a=1"}
    answer = browser.post("/account/password", {"password": "x"}, headers=headers)
    assert answer.headers["Location"] == "/sign-in?next=/about%3Fa%3D1"
