"""Take a place and give it back, with and without JavaScript, once however often one clicks."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.events.models import Event, Registration
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import FactRow

BOTH = pytest.mark.parametrize("htmx", [False, True])
TAKE, GIVE_BACK = "/events/e/registration", "/events/e/cancellation"
FRAGMENT = '<div id="registration"'


def taken():
    """The counter, the current places, and all there have been."""
    session().rollback()
    count = session().scalar(select(Event.taken).where(Event.slug == "e"))
    current = select(func.count()).select_from(Registration).where(Registration.ended_at.is_(None))
    ever = select(func.count()).select_from(Registration)
    return count, session().scalar(current), session().scalar(ever)


def words(html):
    """The markup without its token, which is stamped with the second it was made in."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", html).strip()


def facts():
    session().rollback()
    told = FactRow.name.in_(("PlaceTaken", "PlaceGivenBack"))
    return list(session().scalars(select(FactRow.name).where(told).order_by(FactRow.id)))


@pytest.fixture
def bob(personas):
    return personas.browser(personas.bob)


@BOTH
def test_anybody_signed_in_takes_a_place(bob, make, htmx):
    make.event("Frukost", slug="e", capacity=2)
    before = bob.get("/events/e").text
    assert "2 platser kvar" in before
    assert "Anmäl mig" in before
    answer = bob.post(TAKE, htmx=htmx)
    page = bob.get("/events/e").text
    if htmx:
        assert answer.status_code == 200
        assert answer.text.startswith(FRAGMENT)
        assert '<hx-partial hx-target="#flash"' in answer.text
        assert words(answer.text.partition("<hx-partial")[0]) in words(page)
    else:
        assert (answer.status_code, answer.headers["Location"]) == (303, "/events/e")
        assert "notice--success" in page
    for text in (page, answer.text if htmx else page):
        assert "Du har en plats. Välkommen!" in text
        assert "Lämna återbud" in text
        assert 'href="/events/e.ics"' in text
        assert "1 person kommer" in text
    assert taken() == (1, 1, 1)
    assert facts() == ["PlaceTaken"]


@BOTH
def test_taking_twice_is_taking_once(bob, make, htmx):
    make.event(slug="e", capacity=2)
    answers = [bob.post(TAKE, htmx=htmx) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200 if htmx else 303}
    assert taken() == (1, 1, 1)
    assert facts() == ["PlaceTaken"]


@BOTH
def test_taking_the_last_place_twice_is_still_a_yes(bob, make, htmx):
    make.event(slug="e", capacity=1)
    assert [bob.post(TAKE, htmx=htmx).status_code for _ in range(2)] == [200 if htmx else 303] * 2
    assert taken() == (1, 1, 1)


@BOTH
def test_a_place_is_given_back_and_can_be_taken_anew(bob, make, htmx):
    make.event(slug="e", capacity=1)
    bob.post(TAKE)
    answer = bob.post(GIVE_BACK, htmx=htmx)
    page = bob.get("/events/e").text
    if htmx:
        assert answer.status_code == 200
        assert answer.text.startswith(FRAGMENT)
        assert "Din plats är fri" in answer.text
    else:
        assert (answer.status_code, answer.headers["Location"]) == (303, "/events/e")
        assert "Din plats är fri" in page
    assert "Anmäl mig" in page
    assert taken() == (0, 0, 1)
    assert bob.post(TAKE, htmx=htmx).status_code == (200 if htmx else 303)
    assert taken() == (1, 1, 2)
    assert facts() == ["PlaceTaken", "PlaceGivenBack", "PlaceTaken"]


@BOTH
def test_giving_back_twice_is_giving_back_once(personas, make, bob, htmx):
    event = make.event(slug="e", capacity=3)
    make.registration(personas.alice, event)
    bob.post(TAKE)
    answers = [bob.post(GIVE_BACK, htmx=htmx) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {200 if htmx else 303}
    assert taken() == (1, 1, 2)
    assert facts() == ["PlaceTaken", "PlaceGivenBack"]


@BOTH
def test_a_full_event_says_so_kindly_and_takes_nobody_more(personas, make, bob, htmx):
    event = make.event(slug="e", capacity=1, network_id=personas.network.id)
    make.registration(personas.alice, event)
    page = bob.get("/events/e").text
    assert "Alla platser är tagna." in page
    assert "Anmäl mig" not in page
    assert 'action="/events/e/registration"' not in page
    assert "kö" not in page.partition("<main")[2].partition("</main>")[0].replace("kör", "")
    assert '<a href="/networks/bygg">Till nätverket Bygg</a>' in page
    answer = bob.post(TAKE, htmx=htmx)
    assert answer.status_code == 409
    assert "Alla platser är tagna." in answer.text
    assert "Den sista platsen togs för en stund sedan." in answer.text
    assert 'class="notice notice--warning"' in answer.text
    assert answer.text.startswith(FRAGMENT) is htmx
    assert ("<h1>" in answer.text) is not htmx
    assert taken() == (1, 1, 1)
    assert "Den sista platsen" not in bob.get("/events/e").text


@BOTH
def test_an_event_that_is_over_takes_and_gives_nothing(personas, make, bob, htmx):
    over = make.event(slug="e", starts_at=clock.now() - timedelta(days=1))
    make.registration(personas.bob, over)
    page = bob.get("/events/e").text
    assert "Det här evenemanget är över." in page
    assert "Lämna återbud" not in page
    assert bob.post(GIVE_BACK, htmx=htmx).status_code == 403
    answer = personas.browser(personas.alice).post(TAKE, htmx=htmx)
    assert answer.status_code == 403
    assert "Evenemanget är över." in answer.text
    assert taken() == (1, 1, 1)


@BOTH
@pytest.mark.parametrize("path", [TAKE, GIVE_BACK])
def test_a_visitor_is_asked_to_sign_in_and_comes_back(browser, make, path, htmx):
    make.event(slug="e")
    browser.get("/events/e")
    came_from = {"Referer": "http://localhost/events/e"}
    answer = browser.post(path, htmx=htmx, headers=came_from)
    to = answer.headers["HX-Redirect" if htmx else "Location"]
    assert answer.status_code == (401 if htmx else 303)
    assert to == "/sign-in?next=/events/e"
    assert taken() == (0, 0, 0)


@BOTH
@pytest.mark.parametrize("path", [TAKE, GIVE_BACK])
def test_without_a_token_nothing_happens(personas, make, bob, path, htmx):
    event = make.event(slug="e")
    make.registration(personas.bob, event)
    assert bob.post(path, htmx=htmx, token="").status_code == 400
    assert taken() == (1, 1, 1)


@BOTH
def test_members_take_places_at_their_networks_own_events(personas, make, htmx):
    network = personas.network
    make.event(slug="e", network_id=network.id, audience="members")
    alice, bob = personas.browser(personas.alice), personas.browser(personas.bob)
    assert bob.post(TAKE, htmx=htmx).status_code == 404
    assert alice.post(TAKE, htmx=htmx).status_code == (200 if htmx else 303)
    assert alice.post(GIVE_BACK, htmx=htmx).status_code == (200 if htmx else 303)
    assert taken() == (0, 0, 1)


def test_one_who_comes_late_still_gets_in_and_out(make, bob):
    make.event(slug="e", starts_at=clock.now() - timedelta(hours=1))
    assert bob.post(TAKE).status_code == 303
    assert "Lämna återbud" in bob.get("/events/e").text
    assert bob.post(GIVE_BACK).status_code == 303
    assert taken() == (0, 0, 1)


def test_an_event_without_capacity_has_room_for_all(personas, make):
    make.event(slug="e")
    assert "Det finns plats för alla." in personas.browser(personas.bob).get("/events/e").text
    for _ in range(3):
        assert personas.browser(make.person()).post(TAKE).status_code == 303
    assert taken() == (3, 3, 3)


def test_the_person_is_mailed_where_and_when(personas, make, bob, mailbox):
    with unit_of_work():
        session().merge(personas.bob).name = "Bob <b>Berg</b>"
    make.event("Möte & mer", slug="e", description="Kom.")
    bob.post(TAKE)
    [mail] = mailbox.to("bob@example.com")
    assert mail.subject == "Du har en plats: Möte & mer"
    assert "måndag 30\u00a0november, 13.00–15.00" in mail.text
    assert "Kontoret, Storgatan 1, Umeå" in mail.text
    assert "/events/e.ics" in mail.text
    assert "Möte &amp; mer" in mail.html
    assert "/events/e.ics" in mail.html
    assert len(mailbox.to("bob@example.com")) == 1


def test_the_mail_is_written_in_the_accounts_language_and_names_zone_and_days(
    personas, make, mailbox
):
    starts = clock.now() + timedelta(days=3, hours=15)
    make.event("Party", slug="e", starts_at=starts, timezone="America/New_York")
    ed = make.person("Ed", address="ed@example.com")
    browser = personas.browser(personas.bob).sign_in(ed, "en")
    browser.post(TAKE)
    [mail] = mailbox.to("ed@example.com")
    assert mail.subject == "You have a place: Party"
    for text in (mail.text, mail.html):
        assert "Thursday 26\u00a0November, 22:00–Friday 27\u00a0November, 00:00" in text
        assert "(time in New York)" in text


def test_one_who_gives_the_place_back_at_once_is_not_mailed(make, bob, mailbox):
    make.event(slug="e")
    bob.post(TAKE)
    bob.post(GIVE_BACK)
    assert mailbox.to("bob@example.com") == []


def test_hostile_words_come_escaped_in_mail_and_make_no_header(make, bob, mailbox):
    bad = "<script>alert(1)</script>\r\nBcc: all@example.com"
    make.event(bad, slug="e", place_name=bad, address=bad)
    bob.post(TAKE)
    [mail] = mailbox.to("bob@example.com")
    assert "\n" not in mail.subject
    assert "<script>" not in mail.html
