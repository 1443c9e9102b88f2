"""What people want to hear about: the page of choices, network by network, and pauses."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.kernel import clock
from portal.kernel.db import session
from portal.kernel.facts import FactRow
from portal.notifications.models import Choice, MutedNetwork, Rhythm
from portal.notifications.policy import OPEN_END, Told
from portal.notifications.queries import wishes_of
from tests.conftest import NOW
from tests.notifications.lists import box, waiting

PATH = "/notices/settings"
MEMBER = {"events-cadence": "daily", "events-in_portal": "y", "openings-cadence": "weekly"}
MEMBER |= {"openings-in_portal": "y", "hour": "8", "weekday": "0"}
BYGG = f"{PATH}/networks/bygg"


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


def told(person, kind, network=None):
    session().rollback()
    return wishes_of([person.id])[person.id].about(kind, network and network.id)


def rhythm(person):
    session().rollback()
    return session().get(Rhythm, person.id)


def rows(model):
    session().rollback()
    return session().scalars(select(model).order_by(*model.__table__.primary_key)).all()


def facts():
    session().rollback()
    return list(session().scalars(select(FactRow.name).order_by(FactRow.id)))


def test_only_what_one_can_be_told_of_is_shown(personas, alice):
    kinds = {"bob": (), "alice": ("events", "openings")}
    kinds["mona"] = ("requests", "arrivals", "events", "openings")
    for name, shown in kinds.items():
        page = personas.browser(getattr(personas, name)).get(PATH).text
        for kind in ("requests", "arrivals", "events", "openings", "answers"):
            assert (f'name="{kind}-cadence"' in page) == (kind in shown), (name, kind)
        assert "Det som alltid kommer" in page


def test_it_stands_as_usual_until_somebody_chooses(personas, alice):
    page = alice.get(PATH).text
    assert 'id="events-cadence-1" name="events-cadence" required type="radio" value="daily"' in page
    assert page.count("checked") >= 4
    assert "Inget ändrades" in alice.post(PATH, MEMBER, follow_redirects=True).text
    assert rows(Choice) == []


@pytest.mark.parametrize("htmx", [False, True])
def test_what_is_chosen_counts_at_once_and_what_was_before_stays_known(personas, alice, htmx):
    for cadence in ("weekly", "never"):
        form = MEMBER | {"events-cadence": cadence, "hour": "18", "weekday": "4"}
        answer = alice.post(PATH, form, htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
        assert told(personas.alice, "events") == Told(True, cadence)
    assert told(personas.alice, "openings") == Told(True, "weekly")
    assert (rhythm(personas.alice).hour, rhythm(personas.alice).weekday) == (18, 4)
    assert [(one.cadence, one.ended_at is None) for one in rows(Choice)] == [
        ("weekly", False),
        ("never", True),
    ]


def test_a_kind_can_be_left_out_of_the_portal(personas, alice):
    alice.post(PATH, {name: value for name, value in MEMBER.items() if name != "events-in_portal"})
    assert told(personas.alice, "events") == Told(False, "daily")


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("field", "value"),
    [("events-cadence", "hourly"), ("events-cadence", ""), ("hour", "24"), ("weekday", "")],
)
def test_what_is_not_offered_is_refused_at_its_field(personas, alice, field, value, htmx):
    answer = alice.post(PATH, MEMBER | {"openings-cadence": "now", field: value}, htmx=htmx)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert 'checked id="openings-cadence-0"' in answer.text, "what was chosen stays chosen"
    assert rows(Choice) == []


def test_a_kind_that_one_can_not_receive_is_not_chosen(personas, alice):
    alice.post(PATH, MEMBER | {"requests-cadence": "now", "requests-in_portal": "y", "hour": "9"})
    assert rows(Choice) == []
    assert rhythm(personas.alice).hour == 9


def test_one_network_may_be_otherwise_and_go_back_to_as_all(personas, make, alice):
    other = make.network("Vård", slug="vard")
    make.membership(personas.alice, other)
    own = MEMBER | {"scope": "own", "events-cadence": "now"}
    assert alice.post(BYGG, own).status_code == 303
    assert told(personas.alice, "events", personas.network).cadence == "now"
    assert told(personas.alice, "events", other).cadence == "daily"
    assert "Egna val" in alice.get(PATH).text
    alice.post(PATH, MEMBER | {"events-cadence": "never"})
    assert told(personas.alice, "events", personas.network).cadence == "now"
    assert told(personas.alice, "events", other).cadence == "never"
    assert alice.post(BYGG, {"scope": "all"}, htmx=True).status_code == 200
    assert told(personas.alice, "events", personas.network).cadence == "never"


def test_the_form_of_a_network_keeps_what_was_typed(personas, alice):
    for wrong in ({}, {"scope": "both"}, {"scope": "own"}, {"scope": "own", "events-cadence": "x"}):
        answer = alice.post(BYGG, wrong, htmx=True)
        assert answer.status_code == 422
        assert "field-error" in answer.text
    assert rows(Choice) == []


@pytest.mark.parametrize("on", ["settings", "network"])
@pytest.mark.parametrize("htmx", [False, True])
def test_a_network_is_muted_and_heard_of_again(personas, alice, htmx, on):
    for path, state, now in (("/mute", "never", True), ("/mute/removal", "daily", False)):
        for _twice in range(2):
            answer = alice.post(f"{BYGG}{path}", {"on": on}, htmx=htmx)
            assert answer.status_code == (200 if htmx else 303)
        assert told(personas.alice, "events", personas.network).cadence == state
        assert bool(rows(MutedNetwork)) == now
        back = "/networks/bygg" if on == "network" else PATH
        assert ("mute/removal" in alice.get(back).text) == now
        if htmx:
            assert ('id="hearing"' in answer.text) == (on == "network")
    assert [name for name in facts() if "Muted" in name or "muted" in name] == [
        "NetworkMuted",
        "NetworkUnmuted",
    ]


def test_networks_of_others_are_not_there(personas, make, alice):
    make.network("Ledning", slug="hidden", visibility="hidden")
    make.network("Vård", slug="vard")
    for slug in ("hidden", "vard", "never-was"):
        path = f"{PATH}/networks/{slug}"
        answers = [alice.get(path), alice.post(path, {"scope": "all"}), alice.post(f"{path}/mute")]
        assert [answer.status_code for answer in answers] == [404] * 3
    bob = personas.browser(personas.bob).get("/networks/bygg").text
    assert "/notices/settings" not in bob, "who does not belong is offered nothing"


@pytest.mark.parametrize(
    ("form", "until"),
    [
        ({"length": "week"}, datetime(2026, 11, 29, 23, tzinfo=UTC)),
        ({"length": "month"}, datetime(2026, 12, 22, 23, tzinfo=UTC)),
        ({"length": "until", "day": "2027-07-01"}, datetime(2027, 6, 30, 22, tzinfo=UTC)),
        ({"length": "open"}, OPEN_END),
        ({"length": "week", "day": "nonsense"}, datetime(2026, 11, 29, 23, tzinfo=UTC)),
    ],
)
def test_a_pause_ends_when_its_day_begins_by_ones_own_clock(personas, alice, form, until):
    assert alice.post(f"{PATH}/pause", form).status_code == 303
    assert rhythm(personas.alice).paused_until == until
    assert "Pausat" in alice.get(PATH).text
    with clock.stopped_at(min(until, NOW + timedelta(days=900))):
        page = personas.browser(personas.alice).get(PATH).text
        assert ("Avsluta pausen" in page) == (until == OPEN_END)


@pytest.mark.parametrize("htmx", [False, True])
def test_a_pause_is_ended_by_hand(personas, alice, htmx):
    alice.post(f"{PATH}/pause", {"length": "open"}, htmx=htmx)
    answer = alice.post(f"{PATH}/pause/removal", htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    assert rhythm(personas.alice).paused_until is None
    alice.post(f"{PATH}/pause/removal", htmx=htmx)
    assert [name for name in facts() if name.startswith("Notices")] == [
        "NoticesPaused",
        "NoticesResumed",
    ]


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("length", "day", "field"),
    [
        ("until", "", "day"),
        ("until", "2026-11-23", "day"),
        ("until", "2026-11-31", "day"),
        ("until", "2099-01-01", "day"),
        ("forever", "", "length"),
    ],
)
def test_a_pause_that_makes_no_sense_is_refused(personas, alice, length, day, field, htmx):
    answer = alice.post(f"{PATH}/pause", {"length": length, "day": day}, htmx=htmx)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert f'value="{day}"' in answer.text
    assert rhythm(personas.alice) is None


def test_what_is_switched_off_or_paused_stops_at_once(personas, alice):
    """Mails that wait are taken back; those that nobody chooses, and those of others, are not."""
    acts = {
        "paused": lambda: alice.post(f"{PATH}/pause", {"length": "week"}),
        "muted": lambda: alice.post(f"{BYGG}/mute"),
        "never": lambda: alice.post(PATH, MEMBER | {"events-cadence": "never"}),
    }
    left = {
        "paused": [],
        "muted": ["weekly", "events", "events.vard"],
        "never": ["weekly", "events.bygg", "events.vard"],
    }
    for name, act in acts.items():
        box(personas.alice, personas.bob)
        act()
        assert waiting(personas.alice) == ["", *left[name]], name
        assert waiting(personas.bob) == ["weekly"]


def test_a_mail_that_is_being_sent_goes(personas, alice):
    box(personas.alice, personas.bob, leased_until=NOW + timedelta(minutes=1))
    alice.post(f"{PATH}/pause", {"length": "week"})
    assert len(waiting(personas.alice)) == 5
