"""What repeats is one notice until it is read; nobody hears of one thing twice."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from portal.kernel import clock
from portal.kernel.db import insert_new, unit_of_work
from portal.notifications.actions import News, tell
from portal.notifications.models import Choice, MutedNetwork
from portal.people.models import Person
from tests.conftest import NOW
from tests.notifications.telling import items, notices, unread, unsettled
from tests.support.notices import account


@pytest.fixture
def alice(personas):
    return account(personas.alice)


def told(person, network, number, kind="openings"):
    news = News(kind, "OpeningPublished", number, f"network:{network.id}", network.id)
    with unit_of_work():
        tell([person.id], news, clock.now())


def wants(person, in_portal, cadence, network=None):
    network_id = network.id if network else None
    with unit_of_work() as work:
        before = Choice.person_id == person.id, Choice.network_id.is_not_distinct_from(network_id)
        work.execute(delete(Choice).where(*before))
        chosen = {"in_portal": in_portal, "cadence": cadence, "chosen_at": NOW}
        row = {"person_id": person.id, "kind": "openings", "network_id": network_id}
        work.execute(insert_new(Choice).values(row | chosen))


def test_what_repeats_rolls_up_and_counts_once_at_the_bell(personas, make, alice):
    openings = [make.opening(networks=[personas.network]) for _ in range(4)]
    for number, opening in enumerate(openings):
        with clock.stopped_at(NOW + timedelta(minutes=number)):
            told(alice, personas.network, opening.id)
    (notice,) = notices(alice)
    assert (notice.count, unread(alice)) == (4, 1)
    assert (notice.began_at, notice.at) == (NOW, NOW + timedelta(minutes=3))
    page = personas.browser(alice).get("/notices").text
    assert "4 nya annonser i Bygg" in page


def test_once_read_the_next_one_begins_anew(personas, make, alice):
    first, second = (make.opening(networks=[personas.network]) for _ in range(2))
    told(alice, personas.network, first.id)
    page = personas.browser(alice)
    page.post(f"/notices/{notices(alice)[0].public_id}/reading")
    with clock.stopped_at(NOW + timedelta(hours=1)):
        told(alice, personas.network, second.id)
    assert [notice.count for notice in notices(alice)] == [1, 1]
    assert unread(alice) == 1
    assert second.title in page.get("/notices?show=unread").text


def test_two_networks_are_two_notices(personas, make, alice):
    other = make.network("El")
    make.membership(alice, other)
    told(alice, personas.network, 1)
    told(alice, other, 2)
    assert unread(alice) == 2


def test_one_thing_is_told_once_whichever_way_it_comes(personas, make, alice):
    other = make.network("El")
    for network in (personas.network, other, personas.network):
        told(alice, network, 1)
    assert items(alice) == [("OpeningPublished", 1)]
    assert [notice.count for notice in notices(alice)] == [1]


def test_several_are_counted_as_far_as_they_may_be_seen(personas, make, alice):
    shown = [make.opening(networks=[personas.network]) for _ in range(2)]
    hidden = make.opening("Hemlig tjänst", audience="networks", networks=[make.network()])
    for opening in (*shown, hidden):
        told(alice, personas.network, opening.id)
    page = personas.browser(alice).get("/notices").text
    assert "2 nya annonser i Bygg" in page
    assert "Hemlig" not in page


def test_more_than_one_counts_are_said_as_more(personas, make, alice):
    for _ in range(51):
        told(alice, personas.network, make.opening(networks=[personas.network]).id)
    assert "50+ nya annonser i Bygg" in personas.browser(alice).get("/notices").text


def test_a_muted_network_is_silent(personas, alice):
    with unit_of_work() as work:
        mute = {"person_id": alice.id, "network_id": personas.network.id, "muted_at": NOW}
        work.execute(insert_new(MutedNetwork).values(mute))
    told(alice, personas.network, 1)
    assert notices(alice) == []


@pytest.mark.parametrize(
    ("in_portal", "cadence", "at_the_bell", "kept", "for_mail"),
    [
        (True, "weekly", 1, 1, 1),
        (True, "now", 1, 1, 1),
        (True, "never", 1, 1, 0),
        (False, "daily", 0, 1, 1),
        (False, "never", 0, 0, 0),
    ],
)
def test_one_is_told_as_one_wants(personas, alice, in_portal, cadence, at_the_bell, kept, for_mail):
    wants(alice, in_portal, cadence)
    told(alice, personas.network, 1)
    assert (unread(alice), len(notices(alice)), unsettled(alice)) == (at_the_bell, kept, for_mail)


def test_a_choice_for_one_network_goes_before(personas, make, alice):
    other = make.network("El")
    wants(alice, True, "weekly")
    wants(alice, False, "never", network=personas.network)
    told(alice, personas.network, 1)
    told(alice, other, 2)
    assert items(alice) == [("OpeningPublished", 2)]


def test_what_is_kept_for_a_mail_is_not_seen_and_does_not_hide_what_comes(personas, make, alice):
    wants(alice, False, "daily")
    first, second = (make.opening(networks=[personas.network]) for _ in range(2))
    told(alice, personas.network, first.id)
    page = personas.browser(alice)
    assert "Inget har hänt" in page.get("/notices").text
    hidden = notices(alice)[0].public_id
    assert page.post(f"/notices/{hidden}/reading").status_code == 404
    wants(alice, True, "daily")
    told(alice, personas.network, second.id)
    assert unread(alice) == 1
    assert first.title not in page.get("/notices").text


def test_whoever_is_kept_out_or_has_no_account_is_told_nothing(personas, make):
    suspended, without = account(make.person()), make.person()
    with unit_of_work() as work:
        out = update(Person).where(Person.id == suspended.id)
        work.execute(out.values(suspended_at=NOW))
    for person in (suspended, without):
        told(person, personas.network, 1)
        assert notices(person) == []


def test_told_in_one_batch_costs_the_same_for_many(personas, make, count_queries):
    few = [account(make.person()).id for _ in range(2)]
    many = [account(make.person()).id for _ in range(30)]
    totals = []
    for number, people in enumerate((few, many)):
        news = News("openings", "OpeningPublished", number, "network:1", personas.network.id)
        with unit_of_work(), count_queries() as count:
            tell(people, news, NOW)
        totals.append(count.total)
    assert totals[0] == totals[1]
    assert totals[1] <= 14
    assert len(items()) == 32
