"""An event's page: when, where, who comes as far as they allow, and nothing to outsiders."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.people.models import Person

LINK = "https://moten.example.com/rum"
BAD = "<script>alert(1)</script>"


def names(page):
    """The names in the page's lists of people."""
    return re.findall(r'class="person-name"[^>]*><bdi>([^<]*)</bdi>', page.text)


def markup(page):
    """The page's JSON-LD, read back; None without one."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    return json.loads(found[1]) if found else None


def show_name(person, to):
    with unit_of_work():
        session().get_one(Person, person.id).name_shown = to


def test_a_visitor_reads_what_when_and_where(browser, make):
    starts = datetime(2026, 12, 3, 17, 30, tzinfo=UTC)
    words = "Vi äter **middag** och\n\n- pratar\n- skrattar"
    make.event("Julmiddag", slug="jul", starts_at=starts, description=words)
    text = browser.get("/events/jul").text
    assert "<h1>Julmiddag</h1>" in text
    assert "torsdag 3\u00a0december, 18.30</time>–" in text
    assert ">20.30</time>" in text
    assert "Kontoret, Storgatan 1, Umeå" in text
    assert "<strong>middag</strong>" in text
    assert "<li>pratar</li>" in text
    assert "Logga in eller gå med först" in text
    assert '"/sign-in?next=/events/jul"' in text
    assert '"/sign-up?next=/events/jul"' in text


def test_an_event_over_midnight_names_both_days(browser, make):
    starts = datetime(2026, 12, 4, 21, 0, tzinfo=UTC)
    make.event(slug="natt", starts_at=starts, ends_at=starts + timedelta(hours=4))
    text = browser.get("/events/natt").text
    assert "fredag 4\u00a0december, 22.00</time>–" in text
    assert ">lördag 5\u00a0december, 02.00</time>" in text


def test_an_event_next_year_names_the_year(browser, make):
    make.event(slug="later", starts_at=datetime(2027, 6, 3, 16, 0, tzinfo=UTC))
    assert "torsdag 3\u00a0juni 2027, 18.00" in browser.get("/events/later").text


def test_the_link_to_join_online_is_for_those_with_a_place(personas, make):
    event = make.event(slug="online", online_url=LINK, place_name="", address="")
    make.registration(personas.alice, event)
    bob, visitor = personas.browser(personas.bob), personas.browser(personas.charlie)
    for browser in (bob, visitor):
        for path in ("/events/online", "/events", "/events/online.ics"):
            assert LINK not in browser.get(path).text
    assert "På nätet" in bob.get("/events/online").text
    assert f'href="{LINK}"' in personas.browser(personas.alice).get("/events/online").text


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("made", [True, False])
def test_an_outsiders_404_is_the_same_as_for_nothing(personas, make, made, htmx):
    hidden = make.network("Ledning", slug="ledning", visibility="hidden")
    if made:
        make.event("Rådslag", slug="radslag", network_id=hidden.id, audience="members")
    for browser in (personas.browser(personas.bob), personas.browser(personas.mona)):
        for path in ("/events/radslag", "/events/radslag.ics"):
            answer = browser.get(path, htmx=htmx)
            assert answer.status_code == 404
            assert "Rådslag" not in answer.text
        for path in ("/events/radslag/registration", "/events/radslag/cancellation"):
            assert browser.post(path, htmx=htmx).status_code == 404


def test_the_network_is_linked(personas, make):
    make.event(slug="e", network_id=personas.network.id)
    page = personas.browser(personas.bob).get("/events/e").text
    assert '<a href="/networks/bygg">Bygg</a>' in page


@pytest.mark.parametrize(
    ("to", "who_sees"),
    [("nobody", "mona kim"), ("networks", "mona kim alice"), ("members", "mona kim alice bob")],
)
def test_the_organiser_is_named_as_far_as_they_allow(personas, make, to, who_sees):
    show_name(personas.mona, to)
    event = make.event(slug="e", network_id=personas.network.id, organiser_id=personas.mona.id)
    assert event.organiser_id
    for who in ("alice", "bob", "mona", "kim"):
        page = personas.browser(getattr(personas, who)).get("/events/e")
        assert (names(page) == ["Mona Lindqvist"]) is (who in who_sees.split()), who


def test_a_visitor_never_reads_a_name(personas, make, browser):
    show_name(personas.mona, "members")
    event = make.event(slug="e", organiser_id=personas.mona.id)
    make.registration(personas.mona, event)
    page = browser.get("/events/e")
    assert "Mona" not in page.text
    assert "1 person kommer" in page.text


def test_guests_are_named_to_members_as_far_as_each_allows(personas, make):
    network, elsewhere = personas.network, make.network("El")
    event = make.event(slug="e", network_id=network.id)
    shy, member = make.person("Shy", name_shown="nobody"), make.person("Member Ö")
    bold, stranger = make.person("Bold", name_shown="members"), make.person("Stranger")
    for guest, of in ((shy, network), (member, network), (stranger, elsewhere)):
        make.membership(guest, of)
    for guest in (shy, member, bold, stranger):
        make.registration(guest, event)
    alice = personas.browser(personas.alice)
    assert names(alice.get("/events/e")) == ["Bold", "Member Ö"]
    # Whoever comes from another network shows the name there, not here.
    make.membership(personas.alice, elsewhere)
    assert names(alice.get("/events/e")) == ["Bold", "Member Ö", "Stranger"]
    assert names(personas.browser(personas.bob).get("/events/e")) == []
    assert len(names(personas.browser(personas.kim).get("/events/e"))) == 4


def test_of_an_event_without_network_members_read_who_shows_their_name_to_all(personas, make):
    event = make.event(slug="e")
    show_name(personas.charlie, "members")
    for guest in (personas.charlie, personas.mona, personas.bob):
        make.registration(guest, event)
    page = personas.browser(personas.bob).get("/events/e")
    assert names(page) == ["Bob Berg", "Charlie Cederlund"]
    assert "3 personer kommer" in page.text


def test_twelve_guests_are_named_at_most_and_none_who_gave_the_place_back(personas, make):
    event = make.event(slug="e", network_id=personas.network.id)
    for number in range(14):
        guest = make.person(f"Gäst {number:02}")
        make.membership(guest, personas.network)
        place = make.registration(guest, event)
        if number == 0:
            with unit_of_work():
                session().merge(place).ended_at = clock.now()
    seen = names(personas.browser(personas.alice).get("/events/e"))
    assert seen == [f"Gäst {number:02}" for number in range(1, 13)]


def test_what_people_write_is_never_markup(personas, make):
    network = make.network(BAD, slug="bad")
    host = make.person(BAD, headline=BAD, name_shown="members")
    words = f"{BAD} [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    event = make.event(
        BAD,
        slug="bad",
        description=words,
        place_name=BAD,
        address=BAD,
        online_url='https://example.com/"><script>alert(1)</script>',
        network_id=network.id,
        organiser_id=host.id,
    )
    make.membership(personas.alice, network)
    for guest in (host, personas.alice):
        make.registration(guest, event)
    page = personas.browser(personas.alice).get("/events/bad")
    assert BAD not in page.text
    assert 'href="javascript' not in page.text
    assert "<img" not in page.text
    assert names(page).count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2
    assert markup(page)["name"] == BAD


def test_a_public_coming_event_is_told_to_search_engines(browser, make):
    starts = datetime(2026, 12, 3, 17, 30, tzinfo=UTC)
    more = {"online_url": LINK, "capacity": 30, "timezone": "America/New_York"}
    make.event("Middag & dans", slug="m", starts_at=starts, description="**Kom** </script>", **more)
    said = markup(browser.get("/events/m"))
    assert (said["@context"], said["@type"]) == ("https://schema.org", "Event")
    assert said["name"] == "Middag & dans"
    assert said["startDate"] == "2026-12-03T12:30:00-05:00"
    assert said["endDate"] == "2026-12-03T14:30:00-05:00"
    assert said["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in said["location"]] == ["Place", "VirtualLocation"]
    assert said["description"].startswith("Kom")
    assert said["remainingAttendeeCapacity"] == 30
    assert LINK not in json.dumps(said)
    assert said["url"].endswith("/events/m")


def test_an_online_event_has_no_place_for_search_engines_but_the_page(browser, make):
    make.event(slug="o", place_name="", address="", online_url=LINK)
    said = markup(browser.get("/events/o"))
    assert said["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert said["location"] == [{"@type": "VirtualLocation", "url": said["url"]}]


def test_past_internal_and_hidden_events_are_not_told_to_search_engines(personas, make):
    hidden = make.network(visibility="hidden")
    make.membership(personas.alice, hidden)
    make.event(slug="past", starts_at=clock.now() - timedelta(days=2))
    make.event(slug="internal", network_id=personas.network.id, audience="members")
    make.event(slug="secret", network_id=hidden.id)
    alice = personas.browser(personas.alice)
    for slug in ("past", "internal", "secret"):
        page = alice.get(f"/events/{slug}")
        assert page.status_code == 200
        assert markup(page) is None


def test_a_page_costs_three_queries_whoever_comes(personas, make, count_queries):
    event = make.event(slug="e", network_id=personas.network.id, organiser_id=personas.mona.id)
    for _ in range(20):
        guest = make.person()
        make.membership(guest, personas.network)
        make.registration(guest, event)
    alice = personas.browser(personas.alice)
    alice.get("/events/e")
    for path, most in (("/events/e", 3), ("/events/e.ics", 2)):
        with count_queries() as count:
            alice.get(path)
        assert count.total <= most, count.statements


def test_members_see_a_networks_coming_events_on_its_page(personas, make):
    make.event("Byggfrukost", slug="bf", network_id=personas.network.id, audience="members")
    make.event("Förra", network_id=personas.network.id, starts_at=clock.now() - timedelta(days=9))
    page = personas.browser(personas.alice).get("/networks/bygg").text
    assert '<a href="/events/bf">Byggfrukost</a>' in page
    assert "Förra" not in page
