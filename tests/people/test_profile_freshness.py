"""A year after I last went through my profile, I am asked gently whether it still fits."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import FactRow
from portal.people.models import Person
from portal.people.policy.profile import FRESH_FOR, is_due

BOTH = pytest.mark.parametrize("htmx", [False, True])
QUESTION = "Stämmer din profil fortfarande?"
PATH = "/journey/profile/confirmation"


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


def since(personas, ago, *, confirmed):
    """Let Alice have come, or said so, a while ago."""
    with unit_of_work() as work:
        row = work.get_one(Person, personas.alice.id)
        row.arrived_at = clock.now() - (timedelta(days=3000) if confirmed else ago)
        row.confirmed_at = clock.now() - ago if confirmed else None


def confirmed():
    session().rollback()
    return session().scalar(select(func.count()).where(FactRow.name == "ProfileConfirmed"))


@pytest.mark.parametrize("by_word", [False, True])
def test_it_is_asked_a_year_after_the_last_word_or_the_arrival(personas, alice, by_word):
    since(personas, FRESH_FOR - timedelta(minutes=1), confirmed=by_word)
    assert QUESTION not in alice.get("/journey").text
    since(personas, FRESH_FOR, confirmed=by_word)
    text = alice.get("/journey").text
    assert QUESTION in text
    assert "Alice Åkerlund" in text
    assert 'href="/journey/profile"' in text


@BOTH
def test_yes_is_kept_once_and_lasts_a_year(personas, alice, htmx):
    since(personas, FRESH_FOR, confirmed=True)
    for _time in range(2):
        answer = alice.post(PATH, htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
    assert confirmed() == 1
    assert QUESTION not in alice.get("/journey").text
    with clock.stopped_at(clock.now() + FRESH_FOR):
        session().rollback()
        assert is_due(session().get_one(Person, personas.alice.id), clock.now())
    if htmx:
        assert 'id="freshness"' in answer.text
        assert "Tack. Vi frågar igen om ett år." in answer.text


def test_changing_the_main_facts_is_an_answer_too(personas, alice):
    since(personas, FRESH_FOR, confirmed=True)
    alice.post("/journey/profile", {"name": "Alice Åkerlund", "headline": "Ny", "municipality": ""})
    assert QUESTION not in alice.get("/journey").text


@BOTH
def test_without_a_token_nothing_is_confirmed(personas, alice, htmx):
    since(personas, FRESH_FOR, confirmed=True)
    assert alice.post(PATH, htmx=htmx, token="").status_code == 400
    assert confirmed() == 0


def test_a_reader_of_links_confirms_nothing(personas, alice):
    since(personas, FRESH_FOR, confirmed=True)
    assert alice.get(PATH).status_code in (404, 405)
    assert confirmed() == 0
