"""The page of notices and the bell: what stands there, whose it is, and what reading does."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from portal.accounts.models import Account
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.notifications.actions import News, tell
from tests.conftest import NOW
from tests.notifications.telling import notices, unread
from tests.support.notices import account, tell_of_event, tell_of_opening, tell_of_request

WORDS = "Jag har byggt trähus & broar i tio år."


@pytest.fixture
def mona(personas):
    return personas.browser(personas.mona)


@pytest.fixture
def breakfast(personas, make):
    return make.event("Frukost", slug="frukost", network_id=personas.network.id)


def ask(personas, make, *people):
    """Let people ask to join, and tell Mona."""
    for person in people:
        asked = make.membership(person, personas.network, state="asked", motivation=WORDS)
        tell_of_request(asked.id, personas.network, personas.mona)


def test_what_is_told_stands_on_the_page_and_at_the_bell(personas, make, mona):
    ask(personas, make, personas.bob)
    page = mona.get("/notices").text
    assert "Bob Berg vill vara med i Bygg" in page
    assert "trähus &amp; broar" in page
    assert 'aria-label="Aviseringar, 1 oläst"' in page
    assert ">Ny<" in page, "not by colour alone"


def test_reading_one_goes_on_to_what_it_is_about(personas, make, mona):
    ask(personas, make, personas.bob)
    (notice,) = notices(personas.mona)
    answer = mona.post(f"/notices/{notice.public_id}/reading")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/networks/bygg")
    assert unread(personas.mona) == 0
    assert notices(personas.mona)[0].read_at == NOW
    page = mona.get("/notices").text
    assert 'aria-label="Aviseringar"' in page
    assert '<a href="/networks/bygg">Bob Berg vill vara med i Bygg</a>' in page


def test_one_can_be_marked_without_leaving_the_page(personas, make, mona):
    ask(personas, make, personas.bob)
    (notice,) = notices(personas.mona)
    here = "/notices?show=unread"
    plain = mona.post(f"/notices/{notice.public_id}/reading", {"back": here})
    assert plain.headers["Location"] == here
    answer = mona.post(f"/notices/{notice.public_id}/reading", {"back": here}, htmx=True)
    assert answer.status_code == 200
    assert f'id="n-{notice.public_id}"' in answer.text
    assert 'data-unread="0"' in answer.text, "the bell comes along"
    away = mona.post(f"/notices/{notice.public_id}/reading", {"back": "//evil.example"})
    assert away.headers["Location"] == "/networks/bygg"


@pytest.mark.parametrize("htmx", [False, True])
def test_a_notice_of_somebody_else_is_like_none(personas, make, mona, htmx):
    ask(personas, make, personas.bob)
    (notice,) = notices(personas.mona)
    alice = personas.browser(personas.alice)
    theirs = alice.post(f"/notices/{notice.public_id}/reading", htmx=htmx)
    never = alice.post("/notices/aaaabbbbcccc/reading", htmx=htmx)
    assert theirs.status_code == never.status_code == 404
    assert unread(personas.mona) == 1


def test_reading_all_reads_what_was_shown_and_nothing_that_came_since(
    personas, make, mona, breakfast
):
    ask(personas, make, personas.bob)
    page = mona.get("/notices").text
    until = page.split('name="until" value="')[1].split('"')[0]
    with clock.stopped_at(NOW + timedelta(minutes=1)):
        tell_of_event(breakfast, personas.mona)
        ask(personas, make, make.person("Cia Dahl"))  # rolls up in the one that was shown
        for htmx in (True, False, False):
            answer = mona.post("/notices/reading", {"until": until}, htmx=htmx)
            assert answer.status_code == (200 if htmx else 303)
            assert unread(personas.mona) == 2
        until = mona.get("/notices").text.split('name="until" value="')[1].split('"')[0]
        done = mona.post("/notices/reading", {"until": until}, htmx=True).text
    assert "Allt här är läst" in done
    assert "Markera alla" not in done
    assert unread(personas.mona) == 0


@pytest.mark.parametrize("until", ["", "nonsense", "WzEsMl0", "WyIyMDI2IiwxXQ"])
def test_reading_all_until_nowhere_reads_nothing(personas, make, mona, until):
    ask(personas, make, personas.bob)
    assert mona.post("/notices/reading", {"until": until}).status_code in (303, 400)
    assert unread(personas.mona) == 1


def test_only_the_unread_when_one_asks_for_them(personas, make, mona, breakfast):
    tell_of_event(breakfast, personas.mona)
    mona.post(f"/notices/{notices(personas.mona)[0].public_id}/reading")
    ask(personas, make, personas.bob)
    everything, rest = mona.get("/notices").text, mona.get("/notices?show=unread").text
    assert "Frukost" in everything
    assert "Bob Berg" in everything
    assert "Frukost" not in rest
    assert "Bob Berg" in rest


def test_an_empty_page_says_what_will_stand_there(mona):
    assert "Inget har hänt än" in mona.get("/notices").text
    assert "Du har läst allt" in mona.get("/notices?show=unread").text


def test_many_go_on_page_by_page_newest_first_under_their_days(personas, make, count_queries):
    account(personas.alice)
    for number in range(45):
        event = make.event(f"Träff {number:02}", network_id=personas.network.id)
        with clock.stopped_at(NOW - timedelta(hours=number)), unit_of_work():
            news = News("events", "EventAnnounced", event.id, f"event:{number}", event.network_id)
            tell([personas.alice.id], news, clock.now(), by_mail=False)
    alice = personas.browser(personas.alice)
    alice.get("/about")
    seen, path = [], "/notices"
    while path:
        with count_queries() as count:
            page = alice.get(path).text
        assert count.total <= 4, count.statements
        seen += [part[:2] for part in page.split("Bygg: Träff ")[1:]]
        path = page.split('rel="next" href="')[1].split('"')[0] if 'rel="next"' in page else None
        if len(seen) < 45:
            assert path
    titles = list(dict.fromkeys(seen))
    assert titles == [f"{number:02}" for number in range(45)]
    first = alice.get("/notices").text
    assert "Idag" in first
    assert "Igår" in first


def test_what_one_may_no_longer_see_is_absent_and_leads_nowhere(personas, make, breakfast):
    secret = make.network("Hemligt", visibility="hidden")
    membership = make.membership(personas.alice, secret)
    event = make.event("Middag", network_id=secret.id, audience="members")
    account(personas.alice)
    tell_of_event(event, personas.alice)
    alice = personas.browser(personas.alice)
    assert "Middag" in alice.get("/notices").text
    with unit_of_work() as work:
        held = work.merge(membership)
        held.ended_at, held.ended_as = NOW, "left"
    page = alice.get("/notices").text
    assert "Middag" not in page
    assert "Hemligt" not in page
    (notice,) = notices(personas.alice)
    answer = alice.post(f"/notices/{notice.public_id}/reading")
    assert answer.headers["Location"] == "/notices"
    assert unread(personas.alice) == 0


def test_a_network_that_hid_itself_is_not_named_by_several_openings(personas, make):
    network = make.network("Snart dolt")
    membership = make.membership(personas.alice, network)
    account(personas.alice)
    for number in range(2):
        tell_of_opening(
            make.opening(f"Snickare {number}", networks=[network]), network, personas.alice
        )
    alice = personas.browser(personas.alice)
    assert "2 nya annonser i Snart dolt" in alice.get("/notices").text
    with unit_of_work() as work:
        held = work.merge(membership)
        held.ended_at, held.ended_as = NOW, "left"
        work.merge(network).visibility = "hidden"
    assert "Snart dolt" not in alice.get("/notices").text


def test_a_large_number_is_cut_at_the_bell(personas, mona):
    with unit_of_work() as work:
        mine = update(Account).where(Account.person_id == personas.mona.id)
        work.execute(mine.values(unread=240))
    page = mona.get("/about").text
    assert ">99+<" in page
    assert "Aviseringar, 240 olästa" in page


def test_visitors_have_no_bell_and_are_asked_to_sign_in(browser):
    assert 'id="bell"' not in browser.get("/about").text
    assert browser.get("/notices").headers["Location"].startswith("/sign-in")
