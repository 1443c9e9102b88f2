"""The start page: what is open for a visitor, what has happened for a member."""

from datetime import timedelta

import pytest

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.facts import record
from portal.networks.facts import NetworkJoined


def joined(person, network, days_ago):
    with unit_of_work():
        at = clock.now() - timedelta(days=days_ago)
        record(NetworkJoined(person.id, network.id, 1), at, quietly=True)


def test_a_visitor_sees_what_is_open(browser, make):
    make.opening("Platschef")
    make.event("Frukost")
    make.network("Bygg")
    make.network("Hemligt", visibility="hidden")
    text = browser.get("/").text
    assert all(part in text for part in ("Platschef", "Frukost", "Bygg", "Gå med"))
    assert "Hemligt" not in text


def test_an_empty_house_says_what_will_be_here(browser, portal):
    text = browser.get("/").text
    assert "Inga annonser just nu" in text
    assert "Inga evenemang planerade" in text


def test_a_member_sees_what_has_happened_in_their_networks(personas, make):
    other = make.network("Annat")
    joined(personas.bob, personas.network, days_ago=2)
    joined(personas.charlie, personas.network, days_ago=200)
    joined(personas.charlie, other, days_ago=2)
    alice = personas.browser(personas.alice)
    text = alice.get("/").text
    assert "Välkommen tillbaka, Alice" in text
    assert "1 ny medlem" in text
    assert "Annat" not in text.split('id="news"')[1].split("</section>")[0]


def test_a_member_of_nothing_is_shown_the_way(personas):
    assert "Hitta fler nätverk" in personas.browser(personas.bob).get("/").text


def test_an_answer_to_a_request_is_told_with_its_reason(personas, make):
    make.membership(
        personas.bob,
        personas.network,
        state="asked",
        ended_at=clock.now() - timedelta(days=1),
        ended_as="declined",
        reason="Vi tar bara emot byggare.",
        decided_by_id=personas.mona.id,
    )
    text = personas.browser(personas.bob).get("/").text
    assert "Du har fått svar på din förfrågan till Bygg" in text
    assert "Vi tar bara emot byggare." in text


def test_a_coordinator_sees_how_many_wait(personas, make):
    make.membership(personas.bob, personas.network, state="asked", motivation="Hej på er alla")
    assert "1 person väntar på ditt svar" in personas.browser(personas.mona).get("/").text


@pytest.mark.parametrize("rows", [0, 30])
def test_the_start_page_costs_at_most_eight_queries(personas, make, count_queries, rows):
    for number in range(rows):
        joined(make.person(), personas.network, days_ago=1)
        make.opening(f"Nr {number}", networks=[personas.network])
        make.event(network_id=personas.network.id)
    mona, visitor = personas.browser(personas.mona), personas.browser(personas.bob)
    for browser in (mona, visitor):
        with count_queries() as count:
            browser.get("/")
        assert count.total <= 8, count.statements
