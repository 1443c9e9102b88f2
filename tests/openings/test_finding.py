"""Visitors find openings: by words, by filters, page by page."""

import re
from datetime import timedelta

import pytest

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.openings.actions import close_opening

UMEA = {"city": "Umeå", "municipality_code": "2480", "county_code": "24", "country": "SE"}
SKELLEFTEA = {"city": "Skellefteå", "municipality_code": "2482", "county_code": "24"}
STOCKHOLM = {"city": "Stockholm", "municipality_code": "0180", "county_code": "01"}
IT = "apaJ_2ja_LuF"


def titles(answer):
    return re.findall(r'<h2 class="item-title"><a href="/openings/[^"]+">([^<]+)</a>', answer.text)


def test_a_visitor_sees_what_is_open_newest_first(browser, make):
    make.opening("Äldst", published_at=clock.now() - timedelta(days=3))
    make.opening("Nyast", published_at=clock.now() - timedelta(days=1))
    make.opening("I morgon", published_at=clock.now() + timedelta(days=1))
    make.opening("För sent", expires_at=clock.now())
    make.opening("Utkast", state="draft")
    answer = browser.get("/openings")
    assert titles(answer) == ["Nyast", "Äldst"]
    assert "2 annonser" in answer.text


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("utvecklare", ["Utvecklare", "Systemutvecklare"]),
        ("UTVECKLARE", ["Utvecklare", "Systemutvecklare"]),
        ("sjukskoterska", ["Sjuksköterska"]),
        ("sjuksköterskor", ["Sjuksköterska"]),
        ("C++", ["Kodare"]),
        ("c#", []),
        ('"nattens timmar"', ["Kodare"]),
        ('"timmar nattens"', []),
        ("asa", ["Sjuksköterska"]),
        ("umea", ["Sjuksköterska"]),
        ("utvecklare åsa", []),
        ("finns inte", []),
        ("och", []),
    ],
)
def test_words_find_what_one_means(browser, make, question, found):
    make.opening("Systemutvecklare")
    make.opening("Utvecklare", published_at=clock.now() - timedelta(days=9))
    make.opening("Sjuksköterska", body="<p>Ring Åsa.</p>", places=[UMEA], place_text="Umeå")
    make.opening("Kodare", body="<p>C++ under nattens timmar</p>")
    assert titles(browser.get("/openings", query_string={"q": question})) == found


def test_filters_combine_across_fields_and_within_each(browser, make):
    make.opening("A", places=[UMEA], occupation_field=IT, forms=["permanent"])
    make.opening("B", places=[SKELLEFTEA], occupation_field=IT, forms=["temporary"])
    make.opening("C", places=[STOCKHOLM], remote="hybrid", extents=["part_time"])

    def found(address):
        return sorted(titles(browser.get(f"/openings?{address}")))

    assert found("county=24") == ["A", "B"]
    assert found("county=24&county=01") == ["A", "B", "C"]
    assert found("county=24&municipality=2480") == ["A"]
    assert found("county=24&municipality=2480&county=01") == ["A", "C"]
    assert found(f"field={IT}&form=permanent") == ["A"]
    assert found("form=permanent&form=temporary") == ["A", "B"]
    assert found("remote=hybrid&extent=part_time") == ["C"]
    assert found("remote=full") == []
    assert found("field=unknown&county=99&form=<script>&sort=sideways") == ["A", "B", "C"]


def test_each_active_filter_can_be_taken_away_alone(browser, make):
    make.opening("A", places=[UMEA], forms=["permanent"])
    page = browser.get("/openings?q=A&county=24&form=permanent")
    removals = re.findall(r'class="chip" href="([^"]+)"', page.text)
    assert [address.replace("&amp;", "&") for address in removals] == [
        "/openings?county=24&form=permanent",
        "/openings?q=A&form=permanent",
        "/openings?q=A&county=24",
    ]


def test_htmx_gets_the_same_hits_without_the_page_and_a_clean_address(browser, make):
    make.opening("Träff", places=[UMEA])
    whole = browser.get("/openings?q=&county=24&sort=newest")
    piece = browser.get("/openings?q=&county=24&sort=newest", htmx=True)
    assert titles(piece) == titles(whole) == ["Träff"]
    assert "<html" not in piece.text
    assert piece.headers["HX-Replace-Url"] == "/openings?county=24"
    results = piece.text[: piece.text.index("<hx-partial")].strip()
    assert results in whole.text
    assert "Skellefteå" in piece.text, "the county's municipalities are offered"


def test_paging_visits_every_opening_once_while_new_ones_arrive(browser, make):
    for number in range(45):
        make.opening(f"Nr {number:02}")
    seen, address = [], "/openings?q=nr"
    while address:
        page = browser.get(address)
        seen += titles(page)
        make.opening(f"Ny {len(seen)}", published_at=clock.now())
        older = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = older and older[1].replace("&amp;", "&")
    assert seen == [f"Nr {number:02}" for number in range(45)]


def test_paging_goes_on_from_exact_hits_into_compounds(browser, make):
    for number in range(25):
        make.opening(f"Utvecklare {number:02}")
        make.opening(f"Systemutvecklare {number:02}")
    first = browser.get("/openings?q=utvecklare")
    second = browser.get(
        re.search(r'rel="next" href="([^"]+)"', first.text)[1].replace("&amp;", "&")
    )
    assert all(title.startswith("Utvecklare") for title in titles(first))
    assert [title.split()[0] for title in titles(second)[4:7]] == [
        "Utvecklare",
        "Systemutvecklare",
        "Systemutvecklare",
    ]
    assert "50 annonser" in first.text


def test_by_deadline_the_one_closing_first_stands_first_and_standing_ones_last(browser, make):
    for title, days in (("Sen", 20), ("Snart", 2), ("Mitt", 9)):
        make.opening(title, expires_at=clock.now() + timedelta(days=days))
    make.opening("Alltid öppen", expires_at=None, standing=True)
    expected = ["Snart", "Mitt", "Sen", "Alltid öppen"]
    assert titles(browser.get("/openings?sort=deadline")) == expected
    assert titles(browser.get("/openings?sort=deadline&q=text")) == expected


def test_paging_by_deadline_visits_each_once(browser, make):
    for number in range(50):
        days = 5 + number % 3
        expires = None if number % 7 == 0 else clock.now() + timedelta(days=days)
        make.opening(f"Nr {number:02}", expires_at=expires)
    seen, address = [], "/openings?sort=deadline"
    while address:
        page = browser.get(address)
        seen += titles(page)
        older = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = older and older[1].replace("&amp;", "&")
    assert sorted(seen) == [f"Nr {number:02}" for number in range(50)]


@pytest.mark.parametrize(
    "cursor", ["x", "WzFd", "W251bGwsMV0", "eyJhIjoxfQ", "WzEsOTk5OTk5OTk5OTk5OTk5OTk5OTk5XQ"]
)
def test_a_made_up_cursor_is_refused(browser, portal, cursor):
    assert browser.get(f"/openings?after={cursor}").status_code == 400
    assert browser.get(f"/openings?after={cursor}&sort=deadline").status_code == 400


def test_a_closed_opening_leaves_list_and_search(browser, make):
    opening = make.opening("Tillsatt snart")
    with unit_of_work() as work:
        close_opening(work.merge(opening), "filled", clock.now())
    assert titles(browser.get("/openings")) == []
    assert titles(browser.get("/openings?q=tillsatt")) == []


def test_nothing_found_says_what_to_do_next(browser, make):
    answer = browser.get("/openings?q=finnsinte")
    assert "Inget passar in på allt det" in answer.text
    assert 'href="/openings"' in answer.text


@pytest.mark.parametrize(
    "odd",
    ["'", '"', '""', "\\", "%", "*", ":*", "NEAR(", "a OR b", "-x", "(", "<script>", "🙂" * 90],
)
def test_odd_questions_are_answered(browser, portal, odd):
    answer = browser.get("/openings", query_string={"q": odd})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_hidden_networks_openings_are_seen_by_members_only(browser, personas, make):
    hidden = make.network("Hemligt", visibility="hidden")
    make.membership(personas.alice, hidden)
    make.opening("Inre krets", networks=[hidden], audience="networks", slug="inner")
    for outsider in (browser, personas.browser(personas.bob)):
        assert titles(outsider.get("/openings")) == []
        assert titles(outsider.get("/openings?q=krets")) == []
        assert outsider.get("/openings/inner").status_code == 404
        assert "Hemligt" not in outsider.get("/openings").text
        assert titles(outsider.get(f"/openings?network={hidden.slug}")) == []
    alice = personas.browser(personas.alice)
    assert titles(alice.get(f"/openings?network={hidden.slug}")) == ["Inre krets"]
    assert "Hemligt" in alice.get("/openings/inner").text


def test_a_public_opening_does_not_tell_of_the_hidden_network_it_stands_in(browser, make):
    make.opening("Öppen", networks=[make.network("Hemligt", visibility="hidden")], slug="open")
    assert "Hemligt" not in browser.get("/openings/open").text


@pytest.mark.parametrize("rows", [0, 30])
@pytest.mark.parametrize("address", ["", "?q=utvecklare", "?county=24&q=text", "?sort=deadline"])
def test_the_list_costs_at_most_four_queries(personas, make, count_queries, rows, address):
    for number in range(rows):
        make.opening(f"Utvecklare {number}", places=[UMEA])
    alice = personas.browser(personas.alice)
    with count_queries() as count:
        alice.get(f"/openings{address}")
    assert count.total <= 4, count.statements
