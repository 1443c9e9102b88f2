"""Digests: at a person's hour, of what they chose, what they still may see, once, and never empty."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.networks.models import Membership, Network
from portal.notifications.actions.rhythm import replan
from portal.notifications.jobs.composing import news_for
from portal.notifications.jobs.digests import write_some
from portal.notifications.models import Notice
from portal.people.models import EmailAddress, Person
from tests.conftest import NOW
from tests.support.notices import (
    account,
    at,
    choice,
    mails,
    next_turn,
    rhythm,
    tell_of_event,
    tell_of_opening,
    unsettled,
    work_at,
)

EIGHT = datetime(2026, 11, 24, 7, tzinfo=UTC)  # Tuesday 08:00 in Stockholm
NEXT_MONDAY = datetime(2026, 11, 30, 7, tzinfo=UTC)


@pytest.fixture
def alice(personas):
    return account(personas.alice)


@pytest.fixture
def event(make, personas):
    return make.event("Frukost", network_id=personas.network.id)


def change(row, which, **values):
    with unit_of_work():
        session().execute(update(row).where(which).values(values))


def test_what_happened_comes_the_next_morning_and_not_before(alice, event):
    tell_of_event(event, alice)
    assert next_turn(alice) == EIGHT
    assert work_at(EIGHT - timedelta(seconds=1)) == []
    (mail,) = work_at(EIGHT)
    assert (mail.address, mail.list_id) == ("alice@example.com", "daily")
    assert mail.subject == "Nytt i Bygg"
    assert "Frukost" in mail.text
    assert f"/events/{event.slug}" in mail.html
    assert mail.off_path.startswith("/mail/lists/")
    assert (unsettled(alice), next_turn(alice)) == (0, None)


def test_nobody_is_written_to_twice_or_of_nothing(alice, event):
    tell_of_event(event, alice)
    work_at(EIGHT)
    tell_of_event(event, alice)
    for days in range(4):
        assert len(work_at(EIGHT + timedelta(days=days, minutes=1))) == 1


def test_all_networks_come_in_one_mail_by_network(make, personas, alice, event):
    other = make.network("El")
    make.membership(alice, other)
    tell_of_event(event, alice)
    for number in range(12):
        tell_of_event(make.event(f"Träff {number}", network_id=other.id), alice)
    (mail,) = work_at(EIGHT)
    assert mail.subject == "Nytt i Bygg och El"
    assert mail.text.index("Frukost") < mail.text.index("Träff 11") < mail.text.index("Träff 2")
    assert "Träff 1\n" not in mail.text
    assert "och 2 till" in mail.text


def test_a_weekly_one_waits_for_its_day_and_is_a_mail_of_its_own(make, personas, alice, event):
    opening = make.opening("Byggledare", networks=[personas.network])
    tell_of_opening(opening, personas.network, alice)
    assert next_turn(alice) == NEXT_MONDAY
    tell_of_event(event, alice)
    (daily,) = work_at(EIGHT)
    assert "Byggledare" not in daily.text
    assert next_turn(alice) == NEXT_MONDAY
    assert len(work_at(NEXT_MONDAY - timedelta(minutes=1))) == 1
    _daily, weekly = work_at(NEXT_MONDAY)
    assert (weekly.list_id, weekly.subject) == ("weekly", "Veckan i Bygg")
    assert "Byggledare" in weekly.text


def test_after_an_outage_of_days_there_is_one_of_each(make, personas, alice):
    far = make.event(network_id=personas.network.id, starts_at=NOW + timedelta(days=40))
    tell_of_event(far, alice)
    tell_of_opening(make.opening(networks=[personas.network]), personas.network, alice)
    late = NEXT_MONDAY + timedelta(days=1, hours=5)
    assert [mail.list_id for mail in work_at(late)] == ["daily", "weekly"]
    assert len(work_at(late + timedelta(days=8))) == 2


@pytest.mark.parametrize(
    ("zone", "hour", "expected"),
    [
        ("America/New_York", 20, datetime(2026, 11, 24, 1, tzinfo=UTC)),
        ("Asia/Kolkata", 8, datetime(2026, 11, 24, 2, 30, tzinfo=UTC)),
    ],
)
def test_it_comes_at_the_hour_of_the_persons_own_clock(personas, event, zone, hour, expected):
    alice = account(personas.alice, zone, "en")
    rhythm(alice, hour=hour)
    tell_of_event(event, alice)
    assert next_turn(alice) == expected
    (mail,) = work_at(expected)
    assert mail.subject == "News in Bygg"


def test_another_hour_counts_from_the_next_turn_on(alice, event):
    tell_of_event(event, alice)
    rhythm(alice, hour=18)
    with unit_of_work():
        replan(alice.id, NOW)
    assert next_turn(alice) == NOW.replace(hour=17)
    assert len(work_at(NOW.replace(hour=17))) == 1


def test_who_moved_to_another_clock_gets_it_at_their_new_hour(alice, event):
    tell_of_event(event, alice)
    account(alice, "America/New_York")
    assert work_at(EIGHT) == []
    assert next_turn(alice) == EIGHT.replace(hour=13)
    assert len(work_at(EIGHT.replace(hour=13))) == 1


def test_what_was_read_in_the_portal_is_not_mailed(alice, event):
    tell_of_event(event, alice)
    change(Notice, Notice.person_id == alice.id, read_at=NOW)
    assert work_at(EIGHT) == []
    assert (unsettled(alice), next_turn(alice)) == (0, None)


def test_a_new_choice_counts_for_what_waits(personas, alice, event):
    tell_of_event(event, alice)
    choice(alice, "events", "never", personas.network)
    assert work_at(EIGHT) == []
    assert unsettled(alice) == 0


def suspended(person):
    change(Person, Person.id == person.id, suspended_at=NOW)


def without_address(person):
    change(EmailAddress, EmailAddress.person_id == person.id, is_primary=False)


def bounced(person):
    change(EmailAddress, EmailAddress.person_id == person.id, bounced_at=NOW)


def complained(person):
    change(EmailAddress, EmailAddress.person_id == person.id, complained_at=NOW)


def paused(person):
    rhythm(person, paused_until=EIGHT + timedelta(minutes=1))


def without_digests(person):
    rhythm(person, daily_off_at=NOW)


STOPPED = (suspended, without_address, bounced, complained, paused, without_digests)


@pytest.mark.parametrize("stop", STOPPED, ids=lambda stop: stop.__name__)
def test_who_is_not_to_be_mailed_is_not_and_not_later_either(alice, event, stop):
    tell_of_event(event, alice)
    stop(alice)
    assert work_at(EIGHT) == []
    assert (unsettled(alice), next_turn(alice)) == (0, None)


def test_a_pause_that_has_ended_stops_nothing(alice, event):
    tell_of_event(event, alice)
    rhythm(alice, paused_until=EIGHT - timedelta(minutes=1))
    assert len(work_at(EIGHT)) == 1


def test_what_one_may_no_longer_see_is_not_told_nor_is_its_network(make, alice):
    hidden = make.network("Hemligt", visibility="hidden")
    make.membership(alice, hidden)
    tell_of_event(make.event("Viskning", network_id=hidden.id), alice)
    opening = make.opening("Öppen för alla", networks=[hidden])
    choice(alice, "openings", "daily")
    tell_of_opening(opening, hidden, alice)
    change(Membership, Membership.network_id == hidden.id, ended_at=NOW, ended_as="left")
    (mail,) = work_at(EIGHT)
    assert "Öppen för alla" in mail.text
    for told in (mail.subject, mail.text, mail.html):
        assert "Hemligt" not in told
        assert "Viskning" not in told
    assert unsettled(alice) == 0


def test_an_event_that_is_over_or_a_network_made_hidden_gives_no_empty_mail(make, alice, event):
    tell_of_event(event, alice)
    change(Network, Network.id == event.network_id, visibility="hidden")
    change(Membership, Membership.person_id == alice.id, ended_at=NOW, ended_as="left")
    over = make.event(starts_at=NOW + timedelta(hours=1))
    tell_of_event(over, alice)
    assert work_at(EIGHT) == []
    assert unsettled(alice) == 0


def test_one_whose_digest_fails_keeps_nobody_else_from_theirs(
    make, personas, alice, event, monkeypatch
):
    bob = account(personas.bob)
    make.membership(bob, personas.network)
    tell_of_event(event, alice, bob)

    def fail(one, *rest):
        if one.person_id == alice.id:
            raise ZeroDivisionError
        return news_for(one, *rest)

    monkeypatch.setattr("portal.notifications.jobs.digests.news_for", fail)
    assert [mail.address for mail in work_at(EIGHT)] == ["bob@example.com"]
    assert unsettled(alice) == 1
    monkeypatch.undo()
    assert len(work_at(EIGHT + timedelta(minutes=5))) == 2
    assert len(mails(alice)) == 1


def test_many_people_are_written_to_one_batch_after_another(make, personas, event, monkeypatch):
    monkeypatch.setattr("portal.notifications.jobs.digests.AT_ONCE", 3)
    people = [account(make.person()) for _number in range(7)]
    for person in people:
        make.membership(person, personas.network)
    tell_of_event(event, *people)
    sent = work_at(EIGHT)
    assert sorted(mail.person_id or 0 for mail in sent) == [person.id for person in people]


def test_a_digest_costs_six_queries_a_person(make, personas, event, count_queries):
    people = [account(make.person()) for _number in range(8)]
    for person in people:
        make.membership(person, personas.network)

    def cost(some, day):
        tell_of_event(make.event(network_id=personas.network.id), *some, at=day)
        with at(day + timedelta(days=1)), count_queries() as count:
            write_some(clock.now().isoformat(), None)
        return count.total

    cost(people, EIGHT)  # From here on they have their place on the list.
    two, eight = (
        cost(some, EIGHT + timedelta(days=days)) for days, some in ((1, people[:2]), (2, people))
    )
    assert eight - two <= 6 * 6
    assert two <= 2 * 6 + 9
    assert len(mails()) == 8 + 2 + 8
