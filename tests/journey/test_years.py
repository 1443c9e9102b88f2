"""One year of a journey: chosen with and without JavaScript, alone and with a kind."""

import re
from datetime import date

import pytest

from portal.events.facts import PlaceTaken
from portal.kernel import clock
from portal.networks.facts import NetworkJoined
from tests.journey.reading import BOTH, MORE, happens, heads, told

HTMX = pytest.mark.parametrize("htmx", BOTH)
OPTION = re.compile(r'<option value="(\d{4})"( selected)?>')


@pytest.fixture
def years(personas, make):
    """Alice joined a network each year from 2018 to 2020, and went to something in 2019."""
    person = personas.alice
    make.relation(person, "consultant", began_on=date(2016, 5, 1), ended_on=date(2019, 6, 30))
    for year in (2018, 2019, 2020):
        joins(personas, date(year, 12, 1))
    happens(PlaceTaken(person.id, make.event("Frukost").id, 1), ago(date(2019, 2, 1)))


def ago(day):
    return (clock.now().date() - day).days


def joins(personas, day):
    return happens(NetworkJoined(personas.alice.id, personas.network.id, 1), ago(day))


@HTMX
def test_a_year_shows_what_happened_in_it(years, alice, htmx):
    answer = alice.get("/journey?year=2019", htmx=htmx)
    assert told(answer) == [
        "Du gick med i Bygg",
        "Du tog en plats på Frukost",
    ]
    assert heads(answer) == ["Efter · sedan 2019", "Under · Konsult 2016–2019"]
    assert ("<html" in answer.text) is not htmx
    assert "2 händelser." in answer.text
    assert ("2019", " selected") in OPTION.findall(answer.text)


@HTMX
def test_a_year_and_a_kind_go_together(years, alice, htmx):
    answer = alice.get("/journey?year=2019&show=networks", htmx=htmx)
    assert told(answer) == ["Du gick med i Bygg"]
    assert '<input type="hidden" name="show" value="networks">' in answer.text
    assert 'href="/journey?show=events&amp;year=2019#history"' in answer.text
    assert 'href="/journey?show=networks#history"' in answer.text


def test_a_year_stands_instead_of_a_chapter(years, alice):
    both = alice.get("/journey?year=2020&chapter=2016-05-01..2019-06-30")
    assert told(both) == ["Du gick med i Bygg"]
    assert heads(both) == ["Efter · sedan 2019"]


def test_every_year_since_the_first_can_be_chosen(years, alice):
    offered = [int(year) for year, _chosen in OPTION.findall(alice.get("/journey").text)]
    assert offered == list(range(clock.now().year, 2015, -1))
    typed = {"year": "1998", "month": "", "day": "", "text": "Min första båt", "shown": "nobody"}
    alice.post("/journey/memories", typed)
    offered = [int(year) for year, _chosen in OPTION.findall(alice.get("/journey").text)]
    assert offered[-1] == 1998
    assert told(alice.get("/journey?year=1998")) == ["Ditt minne"]


def test_who_came_this_year_has_no_year_to_choose(personas):
    assert OPTION.findall(personas.browser(personas.bob).get("/journey").text) == []


@HTMX
def test_a_year_without_anything_says_so(years, alice, htmx):
    answer = alice.get("/journey?year=2017", htmx=htmx)
    assert told(answer) == []
    assert "Inget sådant har hänt här." in answer.text


@HTMX
def test_a_year_is_read_page_by_page(personas, alice, htmx):
    for number in range(45):
        joins(personas, date(2021, 1 + number // 4, 1 + number % 4))
    path, read = "/journey?year=2021", []
    while path:
        answer = alice.get(path, htmx=htmx and "after" in path)
        read.append(len(told(answer)))
        more = MORE.search(answer.text)
        path = more[2].replace("&amp;", "&") if more else None
        assert path is None or "year=2021" in path
    assert read == [20, 20, 5]


@pytest.mark.parametrize("year", ["", "x", "1899", "2027", "20", "20199", "-201", "²⁰¹⁹", "2019.5"])
def test_what_is_no_year_asks_for_all(years, alice, year):
    assert told(alice.get(f"/journey?year={year}")) == told(alice.get("/journey"))
