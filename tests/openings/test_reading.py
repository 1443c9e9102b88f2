"""One opening: everything a reader needs while it is open, a kind 410 when it is closed."""

import json
import re
from datetime import timedelta

import pytest

from portal.kernel import clock, worker
from portal.kernel.db import session, unit_of_work
from portal.openings.actions import close_opening
from portal.openings.models import Opening

NASTY = '<script>alert("x")</script>'


def posting(answer):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', answer.text, re.S)
    return json.loads(found[1]) if found else None


def test_an_open_one_tells_everything(browser, make):
    make.opening(
        "Platschef",
        slug="platschef",
        company="Nordhus",
        forms=["permanent"],
        extents=["full_time"],
        remote="hybrid",
        place_text="Umeå",
        places=[{"city": "Umeå", "county_code": "24", "country": "SE"}],
        salary_text="45 000–52 000 kr",
        vacancies=2,
        apply_url="https://nordhus.example/apply",
        body="<p>Led <strong>bygget</strong>.</p>",
    )
    text = browser.get("/openings/platschef").text
    for part in (
        "Nordhus",
        "Umeå",
        "delvis på distans",
        "45 000–52 000 kr",
        "<strong>bygget</strong>",
    ):
        assert part in text
    assert 'href="https://nordhus.example/apply"' in text
    assert "Tillsvidareanställning, heltid" in text


def test_markup_for_search_engines_only_while_open(browser, make):
    make.opening("Platschef", slug="a", places=[{"city": "Umeå", "county_code": "24"}], ssyk="1321")
    said = posting(browser.get("/openings/a"))
    assert said["@type"] == "JobPosting"
    assert said["jobLocation"][0]["address"]["addressRegion"] == "Västerbottens län"
    assert said["validThrough"] == "2026-12-23T12:00:00Z"
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        closed = browser.get("/openings/a")
        assert closed.status_code == 410
        assert posting(closed) is None
        assert "noindex" in closed.text


def test_a_fully_remote_one_says_so_to_search_engines(browser, make):
    make.opening("Skribent", slug="a", remote="full")
    said = posting(browser.get("/openings/a"))
    assert said["jobLocationType"] == "TELECOMMUTE"
    assert said["applicantLocationRequirements"] == [{"@type": "Country", "name": "SE"}]


def test_nothing_in_an_opening_can_break_out_of_the_page(browser, make):
    make.opening(
        NASTY, slug="a", company=NASTY, place_text=NASTY, salary_text=NASTY, apply_text=NASTY,
        occupation=NASTY, department=NASTY, duration=NASTY,
    )  # fmt: skip
    for address in ("/openings/a", "/openings"):
        answer = browser.get(address)
        assert "<script>alert" not in answer.text
        assert "&lt;script&gt;" in answer.text
    assert posting(browser.get("/openings/a"))["title"] == NASTY


def test_a_closed_one_says_so_with_others_like_it(browser, make):
    it = "apaJ_2ja_LuF"
    gone = make.opening("Borta", slug="gone", occupation_field=it)
    make.opening("Liknar", occupation_field=it)
    make.opening("Annat", occupation_field="j7Cq_ZJe_GkT")
    with unit_of_work() as work:
        close_opening(work.merge(gone), "filled", clock.now())
    answer = browser.get("/openings/gone")
    assert answer.status_code == 410
    assert "Liknar" in answer.text
    assert "Annat" not in answer.text
    assert "stängd" in answer.text


@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_what_is_not_published_does_not_exist(browser, personas, make, state):
    make.opening("Utkast", slug="draft", state=state)
    assert browser.get("/openings/draft").status_code == 404
    assert personas.browser(personas.alice).get("/openings/draft").status_code == 404


def test_the_worker_closes_those_whose_time_is_up(browser, make):
    opening = make.opening(slug="a", expires_at=clock.now() + timedelta(hours=1))
    with clock.stopped_at(clock.now() + timedelta(hours=2)):
        worker.ask_for_periodic_jobs()
        worker.drain()
        session().rollback()
        closed = session().get_one(Opening, opening.id, populate_existing=True)
        assert (closed.state, closed.closed_as) == ("closed", "expired")
        assert browser.get("/openings/a").status_code == 410


def test_one_opening_costs_at_most_four_queries(personas, make, count_queries):
    make.opening(slug="a", networks=[personas.network], occupation_field="apaJ_2ja_LuF")
    alice = personas.browser(personas.alice)
    with count_queries() as count:
        alice.get("/openings/a")
    assert count.total <= 4, count.statements
