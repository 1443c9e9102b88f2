"""My story: chapters, filters, page after page, the same with htmx and without."""

import re
from datetime import date
from html import unescape

import pytest

from portal.events.facts import PlaceGivenBack, PlaceTaken
from portal.journey.policy import TELLINGS
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.networks.facts import (
    MembershipApproved,
    MembershipAsked,
    MembershipDeclined,
    NetworkJoined,
    NetworkLeft,
    RequestWithdrawn,
)
from portal.networks.models import Network
from portal.openings.facts import OpeningSaved
from portal.people.actions import begin_relation, new_organisation
from portal.people.policy.organisations import ToldOrganisation
from tests.journey.reading import BOTH, ENTRY, MORE, happens, heads, told

HTMX = pytest.mark.parametrize("htmx", BOTH)
SCRIPT = "<script>x()</script>"


@pytest.fixture
def career(personas, make):
    """Alice has been a candidate, a consultant, and is an alumna."""
    relations = (
        ("candidate", date(2016, 1, 10), date(2016, 5, 1)),
        ("consultant", date(2016, 5, 1), date(2019, 8, 31)),
        ("alumnus", date(2019, 9, 1), None),
    )
    for kind, began, ended in relations:
        make.relation(personas.alice, kind, began_on=began, ended_on=ended)
    return personas.alice


def days_since(year, month=7):
    return (clock.now().date() - date(year, month, 1)).days


def test_facts_are_told_in_both_languages(personas, make, alice):
    me, network, event = personas.alice.id, personas.network.id, make.event("Frukost").id
    opening = make.opening("Snickare").id
    happens(MembershipAsked(me, network, 1), 9)
    happens(MembershipDeclined(me, None, network, 1), 8)
    happens(RequestWithdrawn(me, network, 1), 7)
    happens(MembershipApproved(me, None, network, 1), 6)
    happens(NetworkJoined(me, network, 1), 6)
    happens(NetworkLeft(me, network, 1), 4)
    happens(PlaceTaken(me, event, 1), 3)
    happens(PlaceGivenBack(me, event, 1), 2)
    happens(OpeningSaved(me, opening), 1)
    assert told(alice.get("/journey")) == [
        "Du fick ett konto",
        "Du kom hit för första gången",
        "Du sparade annonsen Snickare",
        "Du lämnade tillbaka din plats på Frukost",
        "Du tog en plats på Frukost",
        "Du gick ur Bygg",
        "Du gick med i Bygg",
        "Du tog tillbaka din förfrågan till Bygg",
        "Du fick nej från Bygg den här gången",
        "Du bad om att få vara med i Bygg",
    ]
    alice.post("/language", {"lang": "en", "next": "/journey"})
    assert "You gave back your place at Frukost" in told(alice.get("/journey"))


def test_my_story_stands_in_chapters(career, personas, alice):
    happens(NetworkJoined(career.id, personas.network.id, 1), days_since(2018))
    text = alice.get("/journey")
    assert heads(text) == [
        "Efter · Alumn sedan 2019",
        "Under · Konsult 2016–2019",
        "Före · Kandidat 2016",
    ]
    parts = text.text.split('<section class="chapter">')[1:]
    assert "Du fick ett konto" in parts[0]
    assert "Du gick med i" in parts[1]
    assert re.search(r"<h4[^>]*>2018</h4>", parts[1])
    assert "Du blev kandidat hos" in parts[2]


def test_a_chapter_of_which_nothing_is_written_asks_for_a_memory(make, personas, alice):
    began, ended = date(2001, 1, 1), date(2004, 5, 1)
    make.relation(personas.alice, "consultant", began_on=began, ended_on=ended)
    with unit_of_work() as work:
        work.connection().exec_driver_sql("DELETE FROM fact WHERE name = 'RelationBegan'")
    text = alice.get("/journey").text
    assert 'href="/journey/memories/new?year=2004"' in text
    assert "new?year" not in alice.get("/journey?show=networks").text


def test_other_relations_of_the_time_stand_beside(career, alice):
    with unit_of_work():
        customer = new_organisation(ToldOrganisation("Nordbygg", "customer", None, None))
        session().add(customer)
        session().flush()
        began = date(2022, 1, 1)
        begin_relation(career, customer, "customer_contact", began, clock.now())
    assert "Samtidigt: Kund (Nordbygg) sedan 2022" in alice.get("/journey").text


def test_somebody_without_a_relation_has_one_chapter_without_a_name(personas, alice):
    assert heads(alice.get("/journey")) == ["Hos oss"]


@HTMX
def test_a_filter_shows_one_kind_and_can_be_shared(career, personas, make, alice, htmx):
    network, event = personas.network.id, make.event("Frukost").id
    happens(NetworkJoined(career.id, network, 1), 30)
    happens(PlaceTaken(career.id, event, 1), 20)
    answer = alice.get("/journey?show=networks", htmx=htmx)
    assert told(answer) == ["Du gick med i Bygg"]
    assert ("<html" in answer.text) is not htmx
    assert re.search(r'id="show-networks"[^>]* aria-current="true"', answer.text)
    assert "1 händelse." in answer.text
    assert told(alice.get("/journey?show=events", htmx=htmx)) == ["Du tog en plats på Frukost"]
    assert len(told(alice.get("/journey?show=relations", htmx=htmx))) == 3
    assert told(alice.get("/journey?show=memories", htmx=htmx)) == []
    assert len(told(alice.get("/journey?show=nonsense", htmx=htmx))) == 7


@HTMX
def test_a_chapter_can_be_chosen_alone_and_with_a_kind(career, personas, alice, htmx):
    for year in (2017, 2018, 2021):
        happens(NetworkJoined(career.id, personas.network.id, 1), days_since(year))
    happens(NetworkLeft(career.id, personas.network.id, 1), days_since(2018, 9))
    page = alice.get("/journey?chapter=2016-05-01..2019-08-31", htmx=htmx)
    assert heads(page) == ["Under · Konsult 2016–2019"]
    assert told(page)[:2] == ["Du gick ur Bygg", "Du gick med i Bygg"]
    both = alice.get("/journey?chapter=2016-05-01..2019-08-31&show=networks", htmx=htmx)
    assert len(told(both)) == 3
    assert "chapter=2016-05-01..2019-08-31" in both.text
    assert told(alice.get("/journey?chapter=never", htmx=htmx)) == told(
        alice.get("/journey", htmx=htmx)
    )


def test_only_my_own_facts_are_told(personas, make, alice):
    other = make.event("Andras fest")
    happens(PlaceTaken(personas.bob.id, other.id, 1))
    happens(MembershipDeclined(personas.bob.id, personas.alice.id, personas.network.id, 1))
    words = " ".join(told(alice.get("/journey")))
    assert "Andras fest" not in words
    assert "Du fick nej" not in words


def test_things_are_called_what_they_are_called_now(personas, alice):
    happens(NetworkJoined(personas.alice.id, personas.network.id, 1))
    with unit_of_work():
        session().get_one(Network, personas.network.id).name = "Bygg & anläggning"
    text = alice.get("/journey").text
    assert 'Du gick med i <a href="/networks/bygg"><bdi>Bygg &amp; anläggning</bdi></a>' in text


def test_what_i_may_no_longer_see_is_not_named(personas, make, alice):
    me = personas.alice.id
    hidden = make.network("Hemligt", slug="hidden", visibility="hidden")
    inside = make.event("Hemlig middag", network_id=hidden.id, audience="members")
    internal = make.opening("Hemligt jobb", networks=[hidden], audience="networks")
    happens(NetworkLeft(me, hidden.id, 1))
    happens(PlaceTaken(me, inside.id, 1))
    happens(OpeningSaved(me, internal.id))
    happens(PlaceTaken(me, 999_999, 1))
    text = alice.get("/journey").text
    assert "Heml" not in text
    for words in ("ett nätverk", "ett evenemang", "en annons"):
        assert f"{words} som du inte längre ser" in text
    make.membership(personas.alice, hidden)
    assert "Du tog en plats på Hemlig middag" in told(alice.get("/journey"))


def test_names_are_escaped_in_sentences(personas, make, alice):
    network = make.network(f"{SCRIPT} 100 %(name)s")
    happens(NetworkJoined(personas.alice.id, network.id, 1))
    text = alice.get("/journey").text
    assert "<script>x" not in text
    assert "100 %(name)s" in text


def walk(alice, path, htmx):
    """Every answer from a page on, as one reads on."""
    answer = alice.get(path)
    while True:
        yield answer
        found = MORE.search(answer.text)
        if found is None:
            return
        answer = alice.get(unescape(found[2 if htmx else 1]), htmx=htmx)
        assert ("<html" in answer.text) is not htmx


@HTMX
@pytest.mark.parametrize(
    "path", ["/journey", "/journey?show=networks", "/journey?chapter=start..now"]
)
def test_show_more_visits_each_fact_once(personas, alice, htmx, path):
    for number in range(45):
        happens(NetworkJoined(personas.alice.id, personas.network.id, 1), number // 2)
    answers = list(walk(alice, path, htmx))
    seen = [number for answer in answers for number, *_rest in ENTRY.findall(answer.text)]
    assert len(seen) == len(set(seen)) == 45 + (0 if "show" in path else 2)
    assert len(answers) == 3
    assert "Till det senaste" in answers[-1].text or htmx
    assert f"{len(told(answers[-1]))} händelser till visas." in answers[-1].text


@HTMX
def test_what_follows_does_not_repeat_its_heading(career, personas, alice, htmx):
    for number in range(25):
        happens(NetworkJoined(career.id, personas.network.id, 1), number)
    more = list(walk(alice, "/journey?show=networks", htmx))[1]
    assert heads(more) == ["Efter · Alumn sedan 2019"]
    assert ('class="chapter-head unseen"' in more.text) is htmx
    assert ('class="chapter-year unseen"' in more.text) is htmx


@pytest.mark.parametrize("after", ["nonsense", "WyJ4IiwxXQ", "WzEsMV0"])
def test_a_cursor_that_is_not_ours_is_refused(alice, after):
    for htmx in BOTH:
        assert alice.get(f"/journey?after={after}", htmx=htmx).status_code == 400


def test_unknown_facts_are_left_out(personas, alice, monkeypatch):
    before = len(told(alice.get("/journey")))
    happens(NetworkLeft(personas.alice.id, personas.network.id, 1))
    monkeypatch.delitem(TELLINGS, "NetworkLeft")
    assert len(told(alice.get("/journey"))) == before
