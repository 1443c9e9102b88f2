"""From what happens to whom it is told: in batches, once, whoever dies or works beside."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.events.facts import EventAnnounced
from portal.kernel import jobs, worker
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import record
from portal.networks.facts import NetworkJoined
from portal.networks.models import Membership
from portal.notifications.jobs import spreading
from portal.openings.facts import OpeningPublished
from tests.conftest import NOW
from tests.notifications.telling import items, notices, unread, unsettled
from tests.support.notices import account

WORDS = "Jag har byggt trähus i tio år."


@pytest.fixture
def mona(personas):
    return personas.browser(personas.mona)


def happened(*facts):
    with unit_of_work():
        for fact in facts:
            record(fact, NOW)
    worker.drain()


def members(make, network, many):
    found = [account(make.person()) for _ in range(many)]
    for person in found:
        make.membership(person, network)
    return found


def test_coordinators_hear_of_a_request_and_the_one_who_asks_does_not(personas, mona):
    bob = personas.browser(personas.bob)
    bob.post("/networks/bygg/membership", {"motivation": WORDS})
    worker.drain()
    assert unread(personas.mona) == 1
    assert "Bob Berg vill vara med i Bygg" in mona.get("/notices").text
    assert notices(personas.bob) == notices(account(personas.alice)) == []


def test_a_request_taken_back_in_time_is_told_to_nobody(personas, mona):
    bob = personas.browser(personas.bob)
    bob.post("/networks/bygg/membership", {"motivation": WORDS})
    bob.post("/networks/bygg/request/withdrawal")
    worker.drain()
    assert items() == []


def test_two_hundred_who_join_are_one_notice_for_each_coordinator(personas, make, mona):
    second = account(make.person("Sven Andersson"))
    make.membership(second, personas.network, role="coordinator")
    new = [make.membership(make.person(), personas.network) for _ in range(200)]
    happened(*(NetworkJoined(one.person_id, one.network_id, one.id) for one in new))
    for person in (personas.mona, second):
        (notice,) = notices(person)
        assert (notice.kind, notice.count, unread(person)) == ("arrivals", 200, 1)
    assert "50+ nya medlemmar i Bygg" in mona.get("/notices").text


def test_a_new_member_is_named_only_to_those_who_may_read_the_name(personas, make, mona):
    shy = make.person("Hemliga Hedda", name_shown="nobody")
    for person in (shy, make.person("Öppna Olle")):
        one = make.membership(person, personas.network)
        happened(NetworkJoined(person.id, personas.network.id, one.id))
        page = mona.get("/notices").text
        mona.post(f"/notices/{notices(personas.mona)[-1].public_id}/reading")
        assert "Hedda" not in page
    everything = mona.get("/notices").text
    assert "Bygg har fått en ny medlem" in everything
    assert "Öppna Olle är ny medlem i Bygg" in everything


def test_whoever_lets_somebody_in_is_not_told_that_they_came(personas, make, mona):
    second = account(make.person("Sven Andersson"))
    make.membership(second, personas.network, role="coordinator")
    personas.browser(personas.bob).post("/networks/bygg/membership", {"motivation": WORDS})
    worker.drain()
    mona.post(f"/networks/bygg/requests/{personas.bob.public_id}/approval")
    worker.drain()
    assert [one.kind for one in notices(personas.mona)] == ["requests"]
    assert [one.kind for one in notices(second)] == ["requests", "arrivals"]
    answers = [(one.kind, one.count) for one in notices(personas.bob)]
    assert answers == [("answers", 1)]
    bob = personas.browser(personas.bob).get("/notices").text
    assert "Nu är du medlem i Bygg" in bob


def test_a_refusal_stands_among_the_notices_with_its_reason(personas, mona):
    bob = personas.browser(personas.bob)
    bob.post("/networks/bygg/membership", {"motivation": WORDS})
    reason = {"reason": "Nätverket är för dig som arbetar i branschen."}
    mona.post(f"/networks/bygg/requests/{personas.bob.public_id}/refusal", reason)
    worker.drain()
    page = bob.get("/notices").text
    assert "Bygg har svarat på din förfrågan" in page
    assert reason["reason"] in page
    assert unsettled(personas.bob) == 0, "the answer has a mail of its own"


def test_an_event_is_told_to_members_and_not_to_the_one_who_holds_it(personas, make):
    alice, mona = account(personas.alice), account(personas.mona)
    outside = account(personas.charlie)
    event = make.event("Frukost", network_id=personas.network.id, organiser_id=mona.id)
    happened(EventAnnounced(event.id, personas.network.id), EventAnnounced(event.id, None))
    assert items(alice) == [("EventAnnounced", event.id)]
    assert items(mona) == items(outside) == []


@pytest.mark.parametrize("over", ["event", "opening", "draft"])
def test_what_is_over_by_the_time_is_told_to_nobody(personas, make, over):
    account(personas.alice)
    if over == "event":
        event = make.event(starts_at=NOW - timedelta(days=1), network_id=personas.network.id)
        happened(EventAnnounced(event.id, personas.network.id))
    else:
        gone = {"expires_at": NOW} if over == "opening" else {"state": "draft"}
        opening = make.opening(networks=[personas.network], **gone)
        happened(OpeningPublished(opening.id, personas.network.id))
    assert items() == []


def test_an_opening_in_two_of_ones_networks_is_one_notice(personas, make):
    alice, other = account(personas.alice), make.network("El")
    make.membership(alice, other)
    opening = make.opening(networks=[personas.network, other])
    happened(*(OpeningPublished(opening.id, one.id) for one in (personas.network, other)))
    assert items(alice) == [("OpeningPublished", opening.id)]
    assert unread(alice) == 1


def test_history_that_is_written_down_is_told_to_nobody(personas, make):
    account(personas.alice)
    opening = make.opening(networks=[personas.network])
    with unit_of_work():
        record(OpeningPublished(opening.id, personas.network.id), NOW, quietly=True)
    worker.drain()
    assert items() == []


def waiting():
    session().rollback()
    query = select(jobs.Job.args).where(
        jobs.Job.name == "notifications.spread", jobs.Job.done_at.is_(None)
    )
    return list(session().scalars(query))


def test_a_whole_network_is_told_some_at_a_time(personas, make, monkeypatch):
    monkeypatch.setattr(spreading, "AT_ONCE", 3)
    people = members(make, personas.network, 7)
    event = make.event(network_id=personas.network.id)
    with unit_of_work():
        record(EventAnnounced(event.id, personas.network.id), NOW)
    assert jobs.run_one(), "the fact"
    for told, after in ((0, 0), (3, people[2].id), (6, people[5].id)):
        assert len(items()) == told
        assert [args["after"] for args in waiting()] == [after]
        assert jobs.run_one()
    assert len(items()) == 7
    assert waiting() == []


def test_a_batch_that_is_done_again_tells_nobody_twice(personas, make):
    people = members(make, personas.network, 5)
    event = make.event(network_id=personas.network.id)
    for _ in range(2):
        happened(EventAnnounced(event.id, personas.network.id))
    assert len(items()) == 5
    assert {unread(person) for person in people} == {1}
    assert {notices(person)[0].count for person in people} == {1}


def test_a_batch_that_dies_leaves_nothing_and_is_done_by_the_next(personas, make, monkeypatch):
    members(make, personas.network, 4)
    event = make.event(network_id=personas.network.id)
    with unit_of_work():
        record(EventAnnounced(event.id, personas.network.id), NOW)
    assert jobs.run_one()

    def died(*_args, **_more):
        raise SystemError("killed")

    monkeypatch.setattr(spreading, "members_after", died)
    claimed = jobs.claim()
    assert not jobs.do(claimed)
    assert items() == []
    monkeypatch.undo()
    with unit_of_work():
        jobs.try_again(claimed.id)
    worker.drain()
    assert len(items()) == 4
    assert session().scalar(select(Membership.id).limit(1))
