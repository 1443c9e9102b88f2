"""By one button: a break, the end of it, yes it still stands, close it; on Min resa, too."""

from datetime import date, timedelta

import pytest

from portal.kernel import clock
from tests.directory.doors import PATH, choose, door_of, doors_of, facts, open_door, topics

BOTH = pytest.mark.parametrize("htmx", [False, True])
TODAY = date(2026, 11, 23)


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


def post(browser, act, **more):
    answer = browser.post(f"{PATH}/{act}", **more)
    assert answer.status_code in (204, 303)
    return answer


@BOTH
def test_a_break_is_taken_once_and_ended(personas, alice, htmx):
    choose(alice, position="open", topics=["Trä"], domains=["nordbygg.se"])
    for _time in range(2):
        post(alice, "pause", htmx=htmx)
    assert len(doors_of(personas.alice)) == 2
    paused = door_of(personas.alice)
    assert paused.paused_until == date(2026, 12, 23)
    assert (paused.position, topics(paused)) == ("open", ["Trä"])
    assert "Ingen ser din dörr till och med 23\u00a0december." in alice.get("/journey").text
    for _time in range(2):
        post(alice, "pause/removal", htmx=htmx)
    assert len(doors_of(personas.alice)) == 3
    assert door_of(personas.alice).paused_until is None
    assert facts("DoorSet") == 3


@BOTH
def test_it_is_kept_for_another_half_year(personas, alice, htmx):
    open_door(personas.alice, "ajar", "Trä", expires_on=TODAY + timedelta(days=5))
    assert "Gäller det fortfarande?" in alice.get("/journey").text
    for _time in range(2):
        post(alice, "confirmation", htmx=htmx)
    old, new = doors_of(personas.alice)
    assert old.ended_at == clock.now()
    assert (new.position, new.expires_on, topics(new)) == ("ajar", date(2027, 5, 23), ["Trä"])
    assert (facts("DoorKept"), facts("DoorSet")) == (1, 0)
    assert "Gäller det fortfarande?" not in alice.get("/journey").text


@BOTH
def test_it_is_closed_and_what_was_chosen_stays_for_another_day(personas, alice, htmx):
    choose(alice, position="open", topics=["Trä"])
    for _time in range(2):
        post(alice, "closing", htmx=htmx)
    assert len(doors_of(personas.alice)) == 2
    closed = door_of(personas.alice)
    assert (closed.position, closed.expires_on, topics(closed)) == ("closed", None, ["Trä"])


@pytest.mark.parametrize("act", ["pause", "pause/removal", "confirmation", "closing"])
def test_without_a_door_there_is_nothing_to_do(personas, alice, act):
    post(alice, act)
    assert "Inget ändrades." in alice.get(PATH).text
    assert doors_of(personas.alice) == []


@pytest.mark.parametrize("act", ["pause", "pause/removal", "confirmation", "closing", "draft"])
def test_without_a_token_nothing_happens(personas, alice, act):
    door = open_door(personas.alice, "open", paused_until=TODAY)
    assert alice.post(f"{PATH}/{act}", token="").status_code == 400
    assert [one.public_id for one in doors_of(personas.alice)] == [door.public_id]


def test_the_answer_leads_back_to_where_the_button_was(personas, alice):
    choose(alice)
    answer = post(alice, "pause", data={"on": "journey"})
    assert answer.headers["Location"] == "/journey"
    assert post(alice, "closing", data={"on": "door"}).headers["Location"] == PATH


@pytest.mark.parametrize(
    ("more", "words", "buttons"),
    [
        ({"position": "closed", "expires_on": None}, "Stängd", []),
        ({}, "Alla som ser ditt namn får veta.", ["pause", "closing"]),
        ({"position": "ajar"}, "De som samordnar dina nätverk", ["pause", "closing"]),
        ({"paused_until": TODAY}, "Du pausar", ["pause/removal", "closing"]),
        ({"paused_until": TODAY - timedelta(1)}, "Öppen", ["pause", "closing"]),
        (
            {"expires_on": TODAY + timedelta(14)},
            "stängs den av sig själv 7",
            ["confirmation", "closing"],
        ),
        ({"expires_on": TODAY + timedelta(15)}, "Den står så till 8", ["pause", "closing"]),
        ({"expires_on": TODAY}, "Stängd av sig själv", ["confirmation", "closing"]),
    ],
)
def test_min_resa_says_how_it_stands_with_the_buttons_that_fit(
    personas, alice, more, words, buttons
):
    open_door(personas.alice, **more)
    text = alice.get("/journey").text
    card = text.split('id="door"')[1].split("</section>")[0]
    assert words in card
    offered = [
        act
        for act in ("confirmation", "pause/removal", "pause", "closing")
        if f'action="{PATH}/{act}"' in card
    ]
    assert offered == [
        one for one in ("confirmation", "pause/removal", "pause", "closing") if one in buttons
    ]
    assert f'href="{PATH}"' in card


def test_what_i_did_with_my_door_is_told_to_me_alone(personas, alice):
    choose(alice)
    open_door(personas.mona, expires_on=TODAY)
    mona = personas.browser(personas.mona)
    post(mona, "confirmation")
    assert "Du valde hur din dörr står" in alice.get("/journey").text
    assert "Du lät din dörr stå som den står" in mona.get("/journey").text
    staff = personas.browser(personas.kim).get(f"/journey/of/{personas.alice.public_id}")
    assert staff.status_code == 200
    assert "dörr" not in staff.text
