"""The state of the portal at a glance, and the jobs that wait."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from portal.admin.queries import health
from portal.kernel import clock, jobs, worker
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import FactRow
from portal.kernel.jobs import Job

FIGURE = re.compile(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>")


@jobs.job("tests.works")
def works():
    pass


def figures(browser):
    return dict(FIGURE.findall(browser.get("/admin").text))


def ask(number, **when):
    with unit_of_work():
        for _number in range(number):
            jobs.enqueue("tests.works", {}, **when)


def test_the_numbers_are_those_of_the_database(kim, personas, make):
    make.network()
    make.opening()
    make.opening(state="closed", closed_at=clock.now(), closed_as="filled")
    ask(3, run_at=clock.now() + timedelta(hours=1))
    found = figures(kim)
    assert found["personer"] == "1"
    assert found["nätverk"] == "1"
    assert found["öppna annonser"] == "1"
    assert found["bakgrundsjobb väntar"] == "3"
    assert found["bakgrundsjobb har getts upp"] == "0"
    assert found["mejl inte skickade än"] == "0"


def test_counting_stops_at_the_cap(kim, monkeypatch):
    monkeypatch.setattr(health, "MOST_COUNTED", 2)
    ask(5)
    assert figures(kim)["bakgrundsjobb väntar"] == "2+"


def test_a_worker_that_works_is_said_to_run(kim):
    assert "aldrig" in kim.get("/admin").text
    ask(1)
    worker.drain()
    text = kim.get("/admin").text
    assert "23 november 13.00" in text.replace("\xa0", " ")
    assert "Igång" in text
    assert "stå stilla" not in text


def test_a_worker_that_stands_still_is_noticed(kim):
    ask(1, run_at=clock.now() - timedelta(minutes=6))
    assert "Bakgrundsarbetaren verkar stå stilla" in kim.get("/admin").text


def test_jobs_that_wait_are_listed_the_next_one_first(kim):
    with unit_of_work():
        for minutes in (30, 10, 20):
            jobs.enqueue("tests.works", {}, run_at=clock.now() + timedelta(minutes=minutes))
    text = kim.get("/admin/jobs?state=waiting").text
    assert re.findall(r'datetime="[^"]+T12:(\d\d)', text) == ["10", "20", "30"]
    assert "tests.works" not in kim.get("/admin/jobs").text


def test_waiting_jobs_go_on_page_by_page(kim):
    ask(25)
    text = kim.get("/admin/jobs?state=waiting").text
    seen = re.findall(r'id="job-(\d+)"', text)
    following = re.search(r'rel="next" href="([^"]+)"', text)[1].replace("&amp;", "&")
    seen += re.findall(r'id="job-(\d+)"', kim.get(following).text)
    assert len(seen) == len(set(seen)) == 25


@pytest.mark.parametrize("htmx", [False, True])
def test_a_job_in_hand_or_done_is_left_alone(kim, htmx):
    ask(1)
    job_id = session().scalar(select(Job.id))
    with unit_of_work() as work:
        work.execute(update(Job).values(leased_until=clock.now() + timedelta(seconds=30)))
    answer = kim.post(f"/admin/jobs/{job_id}/retry", htmx=htmx)
    shown = answer if htmx else kim.get("/admin/jobs")
    assert "görs just nu" in shown.text
    with unit_of_work() as work:
        work.execute(update(Job).values(done_at=clock.now(), leased_until=None))
    answer = kim.post(f"/admin/jobs/{job_id}/retry", htmx=htmx)
    shown = answer if htmx else kim.get("/admin/jobs")
    assert "är klart" in shown.text
    session().rollback()
    assert session().scalar(select(func.count()).where(FactRow.name == "JobRetried")) == 0


def test_a_retried_job_is_shown_anew_and_who_did_it_is_kept(kim, personas):
    ask(1, run_at=clock.now() + timedelta(hours=1))
    job_id = session().scalar(select(Job.id))
    answer = kim.post(f"/admin/jobs/{job_id}/retry", htmx=True)
    assert answer.text.lstrip().startswith(f'<li class="item" id="job-{job_id}">')
    assert "Det prövas igen" in answer.text
    session().rollback()
    (kept,) = session().scalars(select(FactRow).where(FactRow.name == "JobRetried"))
    assert kept.body == {"actor_id": personas.kim.id, "job_id": job_id}


@pytest.mark.parametrize(
    ("path", "most"), [("/admin", 3), ("/admin/jobs", 2), ("/admin/jobs?state=waiting", 2)]
)
def test_each_page_is_a_few_queries(kim, count_queries, path, most):
    ask(30)
    with count_queries() as count:
        assert kim.get(path).status_code == 200
    assert count.total <= most


@pytest.mark.parametrize("query", ["after=nonsense", "state=waiting&after=nonsense"])
def test_a_cursor_that_is_not_ours_is_refused(kim, query):
    assert kim.get(f"/admin/jobs?{query}").status_code == 400
