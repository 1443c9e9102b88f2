"""The list of events: what is coming, what has been, and only what the reader may know of."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from portal.events import queries
from portal.kernel import clock
from portal.kernel.actors import VISITOR, Actor

DAY = timedelta(days=1)
BOTH = pytest.mark.parametrize("htmx", [False, True])


def titles(answer):
    """The titles of a list, in order."""
    return re.findall(r'item-title"><a href="[^"]*">([^<]*)</a>', answer.text)


def at(days):
    return clock.now() + days * DAY


@BOTH
def test_coming_events_stand_soonest_first_and_past_ones_latest_first(browser, make, htmx):
    for title, days in (("Tredje", 30), ("Första", 2), ("Andra", 9), ("Förra", -2), ("Äldst", -90)):
        make.event(title, starts_at=at(days))
    assert titles(browser.get("/events", htmx=htmx)) == ["Första", "Andra", "Tredje"]
    assert titles(browser.get("/events?when=past", htmx=htmx)) == ["Förra", "Äldst"]


def test_an_event_that_is_going_on_is_still_coming(browser, make):
    make.event("Pågår", starts_at=clock.now() - timedelta(hours=1))
    assert titles(browser.get("/events")) == ["Pågår"]
    assert titles(browser.get("/events?when=past")) == []


def test_a_row_tells_day_time_place_network_and_places(personas, make):
    starts = datetime(2026, 12, 3, 17, 30, tzinfo=UTC)
    network = personas.network
    make.event("Middag", slug="m", starts_at=starts, network_id=network.id, capacity=3)
    text = personas.browser(personas.bob).get("/events").text
    leaf = '<span class="day-month">dec</span><span class="day-number">3</span>'
    assert leaf + '<span class="day-weekday">tor</span>' in text
    assert '<time datetime="2026-12-03T17:30:00Z">torsdag 3\u00a0december, 18.30</time>' in text
    assert "Kontoret" in text
    assert "Bygg" in text
    assert "3 platser kvar" in text
    english = make.person("Ed", address="ed@example.com")
    there = personas.browser(personas.bob).sign_in(english, "en").get("/events").text
    assert "Thursday 3\u00a0December, 18:30" in there
    assert "3 places left" in there


def test_a_time_stands_in_the_events_own_zone_and_says_so(browser, make):
    starts = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
    make.event("Mingel", slug="ny", starts_at=starts, timezone="America/New_York")
    for path in ("/events", "/events/ny"):
        assert "onsdag 25\u00a0november, 20.00" in browser.get(path).text
        assert "(tid i New York)" in browser.get(path).text


def test_a_full_event_says_so_and_ones_own_says_that_one_is_coming(personas, make):
    event = make.event("Fullsatt", capacity=1)
    make.registration(personas.alice, event)
    assert "Fullt" in personas.browser(personas.bob).get("/events").text
    own = personas.browser(personas.alice).get("/events").text
    assert "Du kommer" in own
    assert "Fullt" not in own


@BOTH
def test_a_network_can_be_chosen(personas, make, htmx):
    other = make.network("El", slug="el")
    make.event("Byggfrukost", network_id=personas.network.id)
    make.event("Elfrukost", network_id=other.id)
    make.event("Öppet hus")
    bob = personas.browser(personas.bob)
    answer = bob.get("/events?network=bygg", htmx=htmx)
    assert titles(answer) == ["Byggfrukost"]
    assert ("<html" in answer.text) is not htmx
    if htmx:
        assert answer.headers["HX-Replace-Url"] == "/events?network=bygg"
        assert '<hx-partial hx-target="#event-count"' in answer.text
        assert "1 evenemang" in answer.text
    else:
        assert '<option value="bygg" selected>' in answer.text
    assert len(titles(bob.get("/events?network=nothing", htmx=htmx))) == 3


def test_a_hidden_network_can_be_chosen_by_its_members_only(personas, make):
    hidden = make.network("Ledning", slug="ledning", visibility="hidden")
    make.membership(personas.alice, hidden)
    make.event("Rådslag", network_id=hidden.id)
    make.event("Öppet hus")
    alice, bob = personas.browser(personas.alice), personas.browser(personas.bob)
    assert titles(alice.get("/events?network=ledning")) == ["Rådslag"]
    assert titles(bob.get("/events?network=ledning")) == ["Öppet hus"]
    assert "Ledning" not in bob.get("/events").text
    assert titles(personas.browser(personas.kim).get("/events?network=ledning")) == ["Rådslag"]


SEEN = {
    ("public", "public"): "visitor bob asker former member kim",
    ("known", "public"): "visitor bob asker former member kim",
    ("hidden", "public"): "member kim",
    ("public", "members"): "member kim",
    ("known", "members"): "member kim",
    ("hidden", "members"): "member kim",
}


@pytest.mark.parametrize(("visibility", "audience"), SEEN)
def test_who_sees_an_event_of_a_network(personas, make, portal, visibility, audience):
    network = make.network("Nät", visibility=visibility, admission="on_request")
    event = make.event("Träff", slug="traff", network_id=network.id, audience=audience)
    asker, former = make.person("Asker"), make.person("Former")
    make.membership(personas.alice, network)
    make.membership(asker, network, state="asked")
    make.membership(former, network, ended_at=clock.now(), ended_as="left")
    people = {"bob": personas.bob, "asker": asker, "former": former, "member": personas.alice}
    actors = {who: Actor(person.id, person.name) for who, person in people.items()}
    actors |= {
        "visitor": VISITOR,
        "kim": Actor(personas.kim.id, "Kim", frozenset({"administrator"})),
    }
    for who, actor in actors.items():
        seen = who in SEEN[visibility, audience].split()
        assert (queries.found_event("traff", actor) is not None) is seen, who
        lists = (
            queries.listed(actor).rows,
            queries.coming_for(actor, 5),
            queries.coming_in_network(actor, network.id, 5),
        )
        assert [len(rows) for rows in lists] == [int(seen)] * 3, who
    assert event.taken == 0


def test_pages_show_each_event_once_also_when_many_start_together(browser, make):
    made = {make.event(starts_at=at(3 + number // 9)).title for number in range(45)}
    path, pages, seen = "/events", 0, []
    while path:
        answer = browser.get(path)
        seen += titles(answer)
        pages += 1
        more = re.search(r'rel="next" href="([^"]*)"', answer.text)
        path = more[1].replace("&amp;", "&") if more else None
    assert (pages, len(seen)) == (3, 45)
    assert set(seen) == made


def test_past_pages_go_back_in_time_and_keep_the_filter(personas, make):
    network = personas.network
    for number in range(25):
        make.event(f"Nr {number}", starts_at=at(-number - 1), network_id=network.id)
    bob = personas.browser(personas.bob)
    first = bob.get("/events?when=past&network=bygg")
    assert titles(first) == [f"Nr {number}" for number in range(20)]
    assert "20 evenemang, och fler på nästa sida" in first.text
    more = re.search(r'rel="next" href="([^"]*)"', first.text)[1].replace("&amp;", "&")
    assert more.startswith("/events?when=past&network=bygg&after=")
    assert titles(bob.get(more)) == [f"Nr {number}" for number in range(20, 25)]


@pytest.mark.parametrize(
    "after", ["x", "WyJ4IiwxXQ", "WyIyMDI2LTExLTIzVDEyOjAwOjAwIiwxXQ", "W251bGwsMV0"]
)
def test_a_cursor_that_is_not_ours_is_refused(browser, after):
    assert browser.get(f"/events?after={after}").status_code == 400


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/events", "Inga evenemang planerade"),
        ("/events?when=past", "Inga tidigare evenemang här"),
        ("/events?network=bygg", "Inget planerat i det här nätverket"),
    ],
)
def test_an_empty_list_says_what_to_do_next(personas, path, words):
    assert personas.network
    text = personas.browser(personas.bob).get(path).text
    assert words in text
    assert "0 evenemang" in text
    assert '<p><a class="button" href="/' in text


def test_what_people_write_is_never_markup(personas, make):
    bad = "<script>alert(1)</script>"
    network = make.network(bad, slug="bad")
    make.event(bad, place_name=bad, address=bad, network_id=network.id)
    text = personas.browser(personas.bob).get("/events").text
    assert bad not in text
    assert text.count("&lt;script&gt;alert(1)") >= 4


@BOTH
def test_a_list_costs_three_queries_however_long(personas, make, count_queries, htmx):
    alice = personas.browser(personas.alice)
    for number in range(30):
        event = make.event(starts_at=at(number + 1), network_id=personas.network.id)
        make.registration(personas.alice, event)
    alice.get("/events")
    for path in ("/events", "/events?when=past", "/events?network=bygg"):
        with count_queries() as count:
            alice.get(path, htmx=htmx)
        assert count.total <= 3, count.statements


def test_each_short_list_is_one_statement(personas, make, count_queries):
    event = make.event("Mitt", network_id=personas.network.id)
    make.event("Annat", network_id=personas.network.id, starts_at=at(1))
    make.event("Förra", starts_at=at(-5))
    make.registration(personas.alice, event)
    alice = Actor(personas.alice.id, "Alice")
    with count_queries() as count:
        coming = queries.coming_for(alice, 5)
        here = queries.coming_in_network(alice, personas.network.id, 1)
        mine = queries.my_coming(alice, 5)
    assert count.total == 3
    assert [row.title for row in coming] == ["Annat", "Mitt"]
    assert [bool(row.mine) for row in coming] == [False, True]
    assert [row.title for row in here] == ["Annat"]
    assert [row.title for row in mine] == ["Mitt"]
    assert queries.my_coming(VISITOR, 5) == []
