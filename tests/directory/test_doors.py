"""My door: I choose how it stands; it counts once, and what stood before stays in the history."""

import re
from datetime import date, timedelta

import pytest

from portal.kernel import clock
from tests.directory.doors import (
    PATH,
    choose,
    door_of,
    doors_of,
    excluded,
    facts,
    filled,
    organisation,
    places,
    seen,
    topics,
)

BOTH = pytest.mark.parametrize("htmx", [False, True])
SCRIPT = "<script>x()</script>"


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


def test_the_page_is_for_those_who_are_signed_in(browser):
    answer = browser.get(PATH)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/sign-in?next={PATH}"


def test_to_begin_with_it_is_closed_and_says_so(alice, personas):
    text = alice.get(PATH).text
    assert re.search(r'<input[^>]*checked[^>]*value="closed"', text)
    assert "Ingen kan se detta." in text
    assert doors_of(personas.alice) == []


@BOTH
def test_all_of_it_is_kept(personas, alice, htmx):
    nordbygg = organisation("Nordbygg AB", "nordbygg.se")
    start = clock.now().date() + timedelta(days=40)
    form = filled(
        position="ajar",
        topics=["Svetsning", "Trähus i fjällen"],
        topic="betong",
        places=["2480"],
        place="Jämtlands län",
        forms=["employed", "gig"],
        earliest_on=start.isoformat(),
        contact_months="3",
        organisations=[str(nordbygg.id)],
        domains=["sydbygg.se"],
        domain="chef@MAIL.Östbygg.se",
    )
    answer = alice.post(PATH, form, htmx=htmx)
    where = answer.headers["HX-Redirect" if htmx else "Location"]
    assert (answer.status_code, where) == (204 if htmx else 303, PATH)
    door = door_of(personas.alice)
    assert (door.position, door.employed, door.consultant, door.gig) == ("ajar", True, False, True)
    assert topics(door) == ["Svetsning", "Trähus i fjällen", "betong"]
    assert places(door) == ["23", "2480"]
    assert (door.earliest_on, door.contact_months, door.paused_until) == (start, 3, None)
    assert door.expires_on == date(2027, 5, 23)
    assert {"domain:nordbygg.se", "domain:sydbygg.se", f"org:{nordbygg.id}"} <= set(
        excluded(personas.alice)
    )
    assert "domain:mail.xn--stbygg-vxa.se" in excluded(personas.alice)
    text = alice.get(PATH).text
    assert "Din dörr står som du har valt." in text
    for shown in ("Trähus i fjällen", "Umeå", "Jämtlands län", "Nordbygg AB", "mail.östbygg.se"):
        assert shown in text


@BOTH
def test_a_double_click_is_one_door(personas, alice, htmx):
    form = filled(topics=["Betong"], domains=["nordbygg.se"])
    for _time in range(2):
        assert alice.post(PATH, form, htmx=htmx).status_code in (204, 303)
    assert len(doors_of(personas.alice)) == 1
    assert (facts("DoorSet"), facts("DoorKept")) == (1, 0)
    assert excluded(personas.alice) == ["domain:nordbygg.se"]


def test_what_stood_before_stays_in_the_history(personas, alice):
    choose(alice, position="open", topics=["Betong"], domains=["nordbygg.se"])
    choose(alice, position="ajar", topics=["Trä"])
    old, new = doors_of(personas.alice)
    assert (old.position, old.ended_at, topics(old)) == ("open", clock.now(), ["Betong"])
    assert (new.position, new.ended_at, topics(new)) == ("ajar", None, ["Trä"])
    assert excluded(personas.alice) == []


@BOTH
def test_two_windows_do_not_overwrite_each_other(personas, alice, htmx):
    looked_at = seen(alice)
    choose(alice, position="ajar", topics=["Betong"])
    late = filled(seen=looked_at, position="open", topics=["Trä"], domain="nordbygg.se")
    answer = alice.post(PATH, late, htmx=htmx)
    assert answer.status_code == 422
    assert "ändrades i ett annat fönster" in answer.text
    assert "på glänt" in answer.text
    for kept in ("Trä", "nordbygg.se"):
        assert f'value="{kept}" checked' in answer.text
    (only,) = doors_of(personas.alice)
    assert topics(only) == ["Betong"]
    again = answer.text.split('name="seen"')[1].split('value="')[1].split('"')[0]
    assert again == only.public_id
    assert alice.post(PATH, late | {"seen": again}, htmx=htmx).status_code in (204, 303)
    assert topics(door_of(personas.alice)) == ["Trä"]


@BOTH
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"position": "wide"}, "Välj hur din dörr står."),
        ({"position": ""}, "Välj hur din dörr står."),
        ({"topic": "!?"}, "Skriv det med bokstäver eller siffror."),
        ({"topic": "x" * 81}, "Använd högst 80 tecken här."),
        ({"place": "Ankeborg"}, "Den platsen känner vi inte till"),
        ({"earliest_on": "i vår"}, "Skriv dagen som 2026-11-23."),
        ({"earliest_on": "2026-11-22"}, "Den dagen har redan varit."),
        ({"earliest_on": "2099-01-01"}, "Kontrollera året"),
        ({"paused_until": "2026-02-30"}, "Skriv dagen som 2026-11-23."),
        ({"paused_until": "2029-01-01"}, "Kontrollera året"),
        ({"contact_months": "7"}, "Välj en av dem som finns."),
        ({"organisation": "Finns inte"}, "Vi känner inte till någon organisation"),
        ({"organisation": "Nord"}, "Välj den du menar"),
        ({"domain": "nordbygg"}, "inte ut som en mejldomän"),
        ({"domain": "se"}, "inte ut som en mejldomän"),
        ({"domain": "co.uk"}, "inte ut som en mejldomän"),
        ({"domain": "nord bygg.se"}, "inte ut som en mejldomän"),
        ({"domain": SCRIPT}, "inte ut som en mejldomän"),
    ],
)
def test_what_can_not_be_taken_is_told_at_its_field(personas, alice, htmx, wrong, words):
    organisation("Nordbygg AB")
    organisation("Nordtak AB")
    typed = filled(topics=["Trä & sten"], forms=["gig"], domains=["sydbygg.se"]) | wrong
    answer = alice.post(PATH, typed, htmx=htmx)
    assert answer.status_code == 422
    (field,) = wrong
    error = answer.text.split(f'id="{field}-error"')
    assert len(error) == 2, answer.text
    assert words in error[1][:600]
    assert 'value="Trä &amp; sten" checked' in answer.text
    assert 'value="sydbygg.se" checked' in answer.text
    assert SCRIPT not in answer.text
    assert doors_of(personas.alice) == []


def test_there_is_room_for_so_many_topics(personas, alice):
    many = [f"Ämne {number}" for number in range(30)]
    answer = alice.post(PATH, filled(topics=many, topic="Ett till"))
    assert answer.status_code == 422
    assert "Det finns plats för 30." in answer.text
    choose(alice, topics=[*many, "Smugglat"])
    assert len(topics(door_of(personas.alice))) == 30


def test_what_nobody_offered_is_left_out(personas, alice):
    choose(
        alice,
        topics=["", "!?", "Trä", "TRÄ"],
        places=["9999", "x"],
        forms=["royalty"],
        organisations=["abc", "9" * 30, "-1", "424242"],
        domains=["se", "nonsense"],
    )
    door = door_of(personas.alice)
    assert len(topics(door)) == 1
    assert places(door) == []
    assert not (door.employed or door.consultant or door.gig)
    assert excluded(personas.alice) == []


def test_an_organisation_is_found_by_its_name(personas, alice):
    nordbygg = organisation("Nordbygg AB", "nordbygg.se")
    choose(alice, organisation="nordbygg ab")
    assert f"org:{nordbygg.id}" in excluded(personas.alice)
