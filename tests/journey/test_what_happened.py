"""What has happened to me, in words, latest first."""

import re
from dataclasses import fields
from datetime import timedelta

import pytest

from portal.events.facts import PlaceGivenBack, PlaceTaken
from portal.journey.policy import RELATION_WORDS, TELLINGS
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import Fact, record
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
from portal.people.queries import relation_kinds

TOLD = re.compile(r"<li><time[^>]*>([^<]*)</time>(.*?)</li>")
MORE = re.compile(r'href="([^"#]+)#history" hx-get="([^"]+)"')
SCRIPT = "<script>x()</script>"


def happens(fact, days_ago=0):
    with unit_of_work():
        record(fact, clock.now() - timedelta(days=days_ago), quietly=True)


def told(answer):
    """The sentences, without their markup."""
    return [re.sub(r"<[^>]+>", "", words) for _day, words in TOLD.findall(answer.text)]


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


def test_every_fact_about_a_person_has_words(portal):
    ours = {
        name: kind for name, kind in Fact.kinds.items() if kind.__module__.startswith("portal.")
    }
    about_people = {
        name for name, kind in ours.items() if "person_id" in [field.name for field in fields(kind)]
    }
    assert about_people == TELLINGS.keys()
    for name, telling in TELLINGS.items():
        names = [field.name for field in fields(ours[name])]
        assert telling.about is None or f"{telling.about}_id" in names
    assert RELATION_WORDS.keys() == {kind.code for kind in relation_kinds()}


def test_facts_are_told_in_both_languages(personas, make, alice):
    me, network, event = personas.alice.id, personas.network.id, make.event("Frukost").id
    opening = make.opening("Snickare").id
    happens(MembershipAsked(me, network, 1), 9)
    happens(MembershipDeclined(me, None, network, 1), 8)
    happens(RequestWithdrawn(me, network, 1), 7)
    happens(MembershipApproved(me, None, network, 1), 6)
    happens(NetworkJoined(me, network, 1), 5)
    happens(NetworkLeft(me, network, 1), 4)
    happens(PlaceTaken(me, event, 1), 3)
    happens(PlaceGivenBack(me, event, 1), 2)
    happens(OpeningSaved(me, opening), 1)
    make.relation(personas.alice, "alumnus")
    first = ["Du blev alumn från Kundidat", "Du fick ett konto", "Du kom hit för första gången"]
    assert told(alice.get("/journey"))[:3] == first
    assert told(alice.get("/journey"))[3:] == [
        "Du sparade annonsen Snickare",
        "Du lämnade tillbaka din plats på Frukost",
        "Du tog en plats på Frukost",
        "Du gick ur Bygg",
        "Du gick med i Bygg",
        "Du fick ja från Bygg",
        "Du tog tillbaka din förfrågan till Bygg",
        "Du fick nej från Bygg den här gången",
        "Du bad om att få vara med i Bygg",
    ]
    alice.post("/language", {"lang": "en", "next": "/journey"})
    assert "You gave back your place at Frukost" in told(alice.get("/journey"))


def test_only_my_own_facts_are_told(personas, make, alice):
    other = make.event("Andras fest")
    happens(PlaceTaken(personas.bob.id, other.id, 1))
    happens(MembershipApproved(personas.bob.id, personas.alice.id, personas.network.id, 1))
    assert not any(
        "Andras fest" in words or "Du fick ja" in words for words in told(alice.get("/journey"))
    )


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


@pytest.mark.parametrize("htmx", [False, True])
def test_show_more_visits_each_fact_once(personas, alice, htmx):
    for number in range(45):
        happens(NetworkJoined(personas.alice.id, personas.network.id, 1), number // 2)
    answer, seen = alice.get("/journey"), []
    while True:
        seen += told(answer)
        found = MORE.search(answer.text)
        if found is None:
            break
        answer = alice.get(found[2 if htmx else 1], htmx=htmx)
        assert ("<html" in answer.text) is not htmx
    assert len(seen) == 45 + 2
    assert seen[-1] == "Du gick med i Bygg"
    assert "Till det senaste" in answer.text or htmx


@pytest.mark.parametrize("after", ["nonsense", "WyJ4IiwxXQ", "WzEsMV0"])
def test_a_cursor_that_is_not_ours_is_refused(alice, after):
    for htmx in (False, True):
        assert alice.get(f"/journey?after={after}", htmx=htmx).status_code == 400


def test_unknown_facts_are_left_out(personas, alice, monkeypatch):
    before = len(told(alice.get("/journey")))
    happens(NetworkLeft(personas.alice.id, personas.network.id, 1))
    monkeypatch.delitem(TELLINGS, "NetworkLeft")
    assert len(told(alice.get("/journey"))) == before
