"""The bell asks by itself: cheaply, quietly, and without keeping anybody signed in."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from portal.accounts.models import UserSession
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from tests.conftest import NOW
from tests.support.notices import account, tell_of_event

ADDRESS = "/notices/unread?seen={}"


@pytest.fixture
def alice(personas):
    return personas.browser(account(personas.alice))


def seen_at(browser):
    with browser.client.session_transaction() as cookie:
        return cookie.get("seen")


def test_the_bell_gets_its_number_anew_when_it_has_changed(personas, make, alice):
    assert alice.get(ADDRESS.format(0), htmx=True).status_code == 204
    tell_of_event(make.event(network_id=personas.network.id), personas.alice)
    answer = alice.get(ADDRESS.format(0), htmx=True)
    assert answer.status_code == 200
    assert 'data-unread="1"' in answer.text
    assert "/notices/unread?seen=1" in answer.text
    assert alice.get(ADDRESS.format(1), htmx=True).status_code == 204


def test_it_costs_no_query_but_that_of_the_session(alice, count_queries):
    alice.get(ADDRESS.format(0), htmx=True)
    for seen in (0, 7):
        with count_queries() as count:
            alice.get(ADDRESS.format(seen), htmx=True)
        assert count.total == 1, count.statements


def test_a_page_left_open_keeps_nobody_signed_in(alice):
    alice.get("/about")
    before = seen_at(alice)
    for hours in range(1, 6):
        with clock.stopped_at(NOW + timedelta(hours=hours)):
            assert alice.get(ADDRESS.format(0), htmx=True).status_code == 204
    assert seen_at(alice) == before
    with clock.stopped_at(NOW + timedelta(hours=1)):
        alice.get("/about")
    assert seen_at(alice) > before, "a page that somebody opens does"


def test_whoever_is_signed_out_meanwhile_is_sent_nowhere(personas, alice):
    alice.get("/about")
    with unit_of_work() as work:
        theirs = update(UserSession).where(UserSession.person_id == personas.alice.id)
        work.execute(theirs.values(ended_at=NOW))
    answer = alice.get(ADDRESS.format(0), htmx=True)
    assert (answer.status_code, answer.data) == (401, b"")
    assert "HX-Redirect" not in answer.headers
    assert "Logga in först" not in alice.get("/about").text, "nobody did anything to be told of"


def test_its_address_opened_by_hand_leads_to_the_page(alice, browser):
    assert alice.get("/notices/unread").headers["Location"] == "/notices"
    assert browser.get("/notices/unread").headers["Location"].startswith("/sign-in")
