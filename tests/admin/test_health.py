"""Administrators see how the portal is doing, and let failed jobs be tried again."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from portal.kernel import clock, jobs, worker
from portal.kernel.db import session, unit_of_work
from portal.kernel.jobs import Job

done = []


@jobs.job("tests.breaks")
def breaks(reason):
    if not done:
        raise RuntimeError(reason)


@pytest.fixture
def given_up(portal):
    """A job that has failed too often, with an ugly reason."""
    done.clear()
    with unit_of_work():
        jobs.enqueue("tests.breaks", {"reason": "<script>alert(1)</script>"})
    worker.drain()
    with unit_of_work() as work:
        work.execute(update(Job).values(failed_at=clock.now()))
        return work.query(Job.id).scalar()


def test_only_administrators_know_of_the_pages(browser, personas):
    for path in ("/admin", "/admin/jobs"):
        assert browser.get(path).status_code == 303
        assert personas.browser(personas.mona).get(path).status_code == 404
        assert personas.browser(personas.kim).get(path).status_code == 200


def test_a_failed_job_is_shown_with_its_reason_escaped(personas, given_up):
    kim = personas.browser(personas.kim)
    assert "har getts upp efter många försök" in kim.get("/admin").text
    text = kim.get("/admin/jobs").text
    assert "tests.breaks" in text
    assert "&lt;script&gt;" in text
    assert "<script>alert" not in text


@pytest.mark.parametrize("htmx", [False, True])
def test_it_can_be_tried_again_and_then_succeeds(personas, given_up, htmx):
    kim = personas.browser(personas.kim)
    for _time in range(2):
        answer = kim.post(f"/admin/jobs/{given_up}/retry", htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
    done.append(True)
    worker.drain()
    session().rollback()
    assert session().get_one(Job, given_up, populate_existing=True).done_at is not None
    assert "Allt är bra" in kim.get("/admin/jobs").text


def test_others_can_not_try_jobs_again(browser, personas, given_up):
    path = f"/admin/jobs/{given_up}/retry"
    assert browser.post(path).status_code == 303
    assert personas.browser(personas.mona).post(path).status_code == 404
    assert personas.browser(personas.kim).post(path, token="").status_code == 400
    session().rollback()
    assert session().get_one(Job, given_up, populate_existing=True).failed_at is not None


def test_unknown_and_huge_numbers_are_no_error(personas, portal):
    kim = personas.browser(personas.kim)
    assert kim.post("/admin/jobs/99999999999999999999/retry").status_code == 303


def test_the_list_goes_on_page_by_page(personas, portal):
    done.clear()
    with unit_of_work():
        for _number in range(25):
            jobs.enqueue("tests.breaks", {"reason": "no"}, run_at=clock.now() - timedelta(hours=1))
    worker.drain()
    kim = personas.browser(personas.kim)
    first = kim.get("/admin/jobs").text
    assert first.count('class="item-title"') == 20
    following = first.split('rel="next" href="')[1].split('"')[0]
    assert kim.get(following).text.count('class="item-title"') == 5
