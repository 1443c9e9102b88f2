"""A visitor's browser keeps public pages, and asks each time whether they still hold."""

from datetime import timedelta

import pytest

from portal.kernel import clock

PAGES = ("/", "/openings", "/openings?q=kock&county=24", "/networks", "/events")


def again(browser, path, first, **headers):
    return browser.get(path, headers={"If-None-Match": first.headers["ETag"], **headers})


@pytest.mark.parametrize("path", PAGES)
def test_an_unchanged_public_page_is_not_sent_twice(browser, make, path):
    make.opening("Kock")
    make.network()
    make.event()
    browser.get("/about")
    first = browser.get(path)
    second = again(browser, path, first)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == second.headers["Cache-Control"] == "private, no-cache"
    assert (second.status_code, second.data) == (304, b"")
    assert second.headers["ETag"] == first.headers["ETag"]


def test_what_is_new_is_sent(browser, make):
    first = browser.get("/openings")
    make.opening("Kock")
    second = again(browser, "/openings", first)
    assert second.status_code == 200
    assert "Kock" in second.text


def test_another_language_is_another_page(browser, make):
    first = browser.get("/openings")
    english = again(browser, "/openings", first, **{"Accept-Language": "en"})
    assert english.status_code == 200
    assert 'lang="en"' in english.text


def test_the_next_day_is_another_page(portal, browser, make):
    make.opening("Kock", expires_at=clock.now() + timedelta(days=3))
    first = browser.get("/openings")
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        assert again(browser, "/openings", first).status_code == 200


def test_another_visitor_gets_a_page_of_their_own(browser, personas):
    first = browser.get("/openings")
    other = type(browser)(browser.app)
    assert again(other, "/openings", first).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_signed_in_people_are_not_kept(browser, personas, path):
    first = browser.get(path)
    alice = personas.browser(personas.alice)
    own = again(alice, path, first)
    assert own.status_code == 200
    assert own.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in own.headers
