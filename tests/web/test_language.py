"""Which language one is answered in: the account's, the cookie's, the browser's, else Swedish."""

import pytest

from tests.support.browser import Browser

ENGLISH, SWEDISH = '<html lang="en">', '<html lang="sv">'


@pytest.mark.parametrize(
    ("accepts", "page"),
    [
        ("", SWEDISH),
        ("en", ENGLISH),
        ("en-GB,en;q=0.9", ENGLISH),
        ("de,en;q=0.5", ENGLISH),
        ("de", SWEDISH),
        ("sv;q=0.5,en;q=0.9", ENGLISH),
        ("sv-FI,en;q=0.9", SWEDISH),
        ("*", SWEDISH),
        ("nonsense;;q=x", SWEDISH),
    ],
)
def test_a_stranger_is_answered_as_the_browser_wishes(browser, accepts, page):
    assert page in browser.get("/about", headers={"Accept-Language": accepts}).text


@pytest.mark.parametrize("htmx", [False, True])
def test_a_chosen_language_is_remembered_and_goes_back_to_the_page(browser, htmx):
    answer = browser.post("/language", {"lang": "en", "next": "/terms?a=1"}, htmx=htmx)
    assert answer.headers["HX-Redirect" if htmx else "Location"] == "/terms?a=1"
    assert ENGLISH in browser.get("/about", headers={"Accept-Language": "sv"}).text


def test_the_account_goes_before_the_cookie(personas):
    browser = Browser(personas.app)
    browser.post("/language", {"lang": "en"})
    browser.sign_in(personas.alice, language="sv")
    assert SWEDISH in browser.get("/about", headers={"Accept-Language": "en"}).text


def test_the_account_remembers_in_the_next_browser(personas):
    personas.browser(personas.alice).post("/language", {"lang": "en"})
    assert ENGLISH in personas.browser(personas.alice).get("/about").text


@pytest.mark.parametrize("lang", ["", "de", "SV", "../../etc", "<script>"])
def test_other_languages_are_refused(browser, lang):
    assert browser.post("/language", {"lang": lang}).status_code == 400
    assert SWEDISH in browser.get("/about").text


def test_a_forged_cookie_chooses_nothing(browser):
    browser.client.set_cookie("lang", "xx<script>")
    answer = browser.get("/about")
    assert SWEDISH in answer.text
    assert "xx<script>" not in answer.text
