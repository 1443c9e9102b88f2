"""Idag: who waits for a coordinator's answer."""

from datetime import timedelta

import pytest

from portal.kernel import clock
from portal.kernel.paging import encode

WORDS = "Jag har byggt trähus i tio år."
BOTH = pytest.mark.parametrize("htmx", [False, True])


def waiting(make, network, name, days):
    person = make.person(name)
    at = clock.now() - timedelta(days=days)
    make.membership(person, network, state="asked", motivation=WORDS, at=at)
    return person


def test_everybody_who_waits_in_my_networks_stands_here_longest_wait_first(personas, make):
    other = make.network("Trä", slug="tra", visibility="hidden")
    make.membership(personas.mona, other, role="coordinator")
    elsewhere = make.network("Vård", slug="vard")
    waiting(make, personas.network, "Ny Nilsson", 0)
    waiting(make, other, "Gammal Gren", 3)
    waiting(make, personas.network, "Mellan Mård", 1)
    waiting(make, elsewhere, "Annan Ask", 9)
    text = personas.browser(personas.mona).get("/today").text
    places = [text.index(name) for name in ("Gammal Gren", "Mellan Mård", "Ny Nilsson")]
    assert places == sorted(places)
    assert "Annan Ask" not in text
    for words in ("Väntat 3 dagar", "Väntat 1 dag", "Frågade i dag", WORDS, "Trä", "Bygg"):
        assert words in text


def test_nobody_waits_and_the_page_says_so_kindly(personas):
    text = personas.browser(personas.mona).get("/today").text
    assert "Ingen väntar på dig" in text
    assert 'href="/networks?mine=1"' in text


@BOTH
def test_the_page_is_not_there_for_those_who_coordinate_nothing(personas, htmx):
    for person in (personas.alice, personas.kim):
        assert personas.browser(person).get("/today", htmx=htmx).status_code == 404


def test_a_visitor_is_asked_to_sign_in_and_comes_back(browser):
    assert browser.get("/today").headers["Location"] == "/sign-in?next=/today"


def test_one_answers_from_here_and_comes_back_here(personas, make):
    person = waiting(make, personas.network, "Ny Nilsson", 0)
    mona = personas.browser(personas.mona)
    assert 'name="back" value="/today"' in mona.get("/today").text
    path = f"/networks/bygg/requests/{person.public_id}/approval"
    assert mona.post(path, {"back": "/today"}).headers["Location"] == "/today"
    text = mona.get("/today").text
    assert "Ny Nilsson är nu medlem i Bygg." in text
    assert "Ingen väntar på dig" in text


def test_the_answer_to_htmx_is_the_same_fragment(personas, make):
    person = waiting(make, personas.network, "Ny Nilsson", 2)
    mona = personas.browser(personas.mona)
    path = f"/networks/bygg/requests/{person.public_id}/refusal"
    refused = mona.post(path, {"back": "/today", "reason": ""}, htmx=True)
    assert refused.status_code == 422
    assert f'id="request-bygg-{person.public_id}"' in refused.text
    assert "Bygg" in refused.text
    answered = mona.post(path, {"back": "/today", "reason": "Vi har fullt."}, htmx=True)
    assert "Fick ett nej av Mona Lindqvist" in answered.text


@pytest.mark.parametrize("number", [1, 45])
def test_the_page_costs_the_same_however_many_wait(personas, make, count_queries, number):
    for one in range(number):
        waiting(make, personas.network, f"Person {one}", one)
    mona = personas.browser(personas.mona)
    with count_queries() as count:
        text = mona.get("/today").text
    assert count.total <= 4
    assert ('rel="next"' in text) is (number > 20)


def test_paging_shows_each_who_waits_once(personas, make):
    names = [f"Person {number:02}" for number in range(45)]
    for number, name in enumerate(names):
        waiting(make, personas.network, name, number // 10)
    mona, text, address = personas.browser(personas.mona), "", "/today"
    while address:
        page = mona.get(address).text
        text += page
        address = page.split('rel="next" href="')[1].split('"')[0] if 'rel="next"' in page else None
    assert [text.count(f"<bdi>{name}</bdi>") for name in names] == [1] * 45


def test_a_no_without_a_reason_is_mended_and_one_still_comes_back_here(personas, make):
    person = waiting(make, personas.network, "Ny Nilsson", 2)
    mona = personas.browser(personas.mona)
    path = f"/networks/bygg/requests/{person.public_id}/refusal"
    refused = mona.post(path, {"back": "/today", "reason": ""})
    assert refused.status_code == 422
    assert 'name="back" value="/today"' in refused.text


@pytest.mark.parametrize(
    "key", [("x", 1), ("2026-01-01", 1), ("9999-12-31T23:59:59-14:00", 1), (1, 1), ()]
)
def test_a_cursor_that_is_not_ours_is_refused(personas, key):
    mona = personas.browser(personas.mona)
    assert mona.get(f"/today?after={encode(*key)}").status_code == 400
