"""Signed-in people save openings and let go of them."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.kernel import clock
from portal.kernel.actors import VISITOR, Actor
from portal.kernel.db import session
from portal.kernel.facts import FactRow
from portal.openings.models import Opening, SavedOpening
from portal.openings.policy import may_save

ALICE = Actor(1)


def saved():
    session().rollback()
    return session().scalar(select(func.count()).select_from(SavedOpening))


@pytest.mark.parametrize("htmx", [False, True])
def test_saving_twice_is_saving_once_and_letting_go_undoes_it(personas, make, htmx):
    make.opening(slug="a")
    alice = personas.browser(personas.alice)
    for _time in range(2):
        answer = alice.post("/openings/a/saved", htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
    assert saved() == 1
    facts = select(func.count()).select_from(FactRow).where(FactRow.name == "OpeningSaved")
    assert session().scalar(facts) == 1
    for _time in range(2):
        alice.post("/openings/a/saved/removal", htmx=htmx)
    assert saved() == 0


def test_the_answer_to_htmx_is_the_piece_that_stands_on_the_page(personas, make):
    make.opening(slug="a")
    alice = personas.browser(personas.alice)
    piece = alice.post("/openings/a/saved", htmx=True).text
    assert 'id="saved"' in piece
    assert "Sparad – ta bort" in piece
    assert "<hx-partial" in piece, "the live region is told"
    assert "Sparad – ta bort" in alice.get("/openings/a").text


def test_a_visitor_is_asked_to_sign_in_and_comes_back(browser, make):
    make.opening(slug="a")
    assert "/sign-in?next=/openings/a" in browser.get("/openings/a").text
    plain = browser.post("/openings/a/saved")
    assert plain.status_code == 303
    assert plain.location.startswith("/sign-in")
    assert browser.post("/openings/a/saved", htmx=True).status_code == 401
    assert saved() == 0


def test_without_a_token_nothing_is_saved(personas, make):
    make.opening(slug="a")
    alice = personas.browser(personas.alice)
    assert alice.post("/openings/a/saved", token="").status_code == 400
    assert alice.post("/openings/a/saved/removal", token="wrong").status_code == 400
    assert saved() == 0


def test_a_closed_one_is_refused_with_the_reason(personas, make):
    make.opening(slug="a", expires_at=clock.now() - timedelta(minutes=1))
    answer = personas.browser(personas.alice).post("/openings/a/saved")
    assert answer.status_code == 403
    assert "stängd" in answer.text


def test_what_one_may_not_see_one_may_not_save(personas, make):
    hidden = make.network(visibility="hidden")
    make.opening(slug="inner", networks=[hidden], audience="networks")
    assert personas.browser(personas.bob).post("/openings/inner/saved").status_code == 404


@pytest.mark.parametrize(
    ("actor", "state", "days_left", "allowed"),
    [
        (ALICE, "published", 1, True),
        (ALICE, "published", None, True),
        (ALICE, "published", -1, False),
        (ALICE, "closed", 1, False),
        (ALICE, "draft", 1, False),
        (VISITOR, "published", 1, False),
    ],
)
def test_who_may_save_what(actor, state, days_left, allowed):
    now = clock.now()
    expires = None if days_left is None else now + timedelta(days=days_left)
    opening = Opening(state=state, published_at=now - timedelta(days=1), expires_at=expires)
    assert bool(may_save(actor, opening, now)) is allowed
