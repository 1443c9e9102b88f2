"""The whole journey on paper: chapters, relations, everything; a bound that is told."""

from datetime import date, timedelta

from portal.journey.views import showing
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.facts import record
from portal.networks.facts import NetworkJoined
from tests.journey.reading import heads, told

PATH = "/journey/print"


def joins(personas, times):
    with unit_of_work():
        for number in range(times):
            fact = NetworkJoined(personas.alice.id, personas.network.id, 1)
            record(fact, clock.now() - timedelta(hours=number), quietly=True)


def test_all_of_it_stands_on_one_page(personas, make, alice, count_queries):
    make.relation(
        personas.alice, "consultant", began_on=date(2016, 1, 1), ended_on=date(2019, 1, 1)
    )
    joins(personas, 70)
    with count_queries() as count:
        page = alice.get(PATH)
    assert count.total <= 4
    assert len(told(page)) == 73
    assert heads(page) == ["Efter · sedan 2019", "Under · Konsult 2016–2019"]
    assert "Dina år med oss" in page.text
    assert 'rel="next"' not in page.text
    assert "de finns äldre" not in page.text


def test_more_than_the_most_is_said(personas, alice, monkeypatch):
    monkeypatch.setattr(showing, "MOST_ON_PAPER", 50)
    joins(personas, 60)
    page = alice.get(PATH)
    assert len(told(page)) == 50
    assert "De 50 senaste händelserna; det finns äldre." in page.text


def test_links_and_buttons_stay_off_the_paper(personas, alice):
    joins(personas, 1)
    text = alice.get(PATH).text
    for link in text.split("<a ")[1:]:
        if 'href="/journey' in link[:60]:
            place = text.index(f"<a {link[:60]}")
            around = text[max(0, place - 400) : place + 80]
            assert "no-print" in around or "<nav" in around or "masthead" in around
    assert "<form" not in text.split("<main", 1)[1]


def test_visitors_sign_in_first(browser):
    assert browser.get(PATH).headers["Location"] == f"/sign-in?next={PATH}"
