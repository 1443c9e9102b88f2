"""Mails at once: soon, with everything that waits, an hour apart, and never of what is settled."""

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select, update

from portal.kernel import worker
from portal.kernel.db import session, unit_of_work
from portal.kernel.jobs import Job, enqueue
from portal.networks.models import Membership
from portal.notifications.actions.rhythm import AT_ONCE
from portal.notifications.actions.telling import News, tell
from portal.notifications.models import Notice
from portal.people.actions import receive_person
from portal.web.mailing import write
from tests.conftest import NOW
from tests.support.notices import (
    account,
    at,
    choice,
    mails,
    rhythm,
    tell_of_event,
    tell_of_request,
    unsettled,
)

WORDS = "Jag har byggt trähus & broar."
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def mona(personas):
    return account(personas.mona)


@pytest.fixture
def ask(make, personas, mona):
    """Somebody asks to join Bygg, and Mona is told."""

    def asked(name="Bob Berg", network=personas.network):
        person = make.person(name)
        row = make.membership(person, network, state="asked", motivation=WORDS)
        tell_of_request(row.id, network, mona)
        return row

    return asked


def drain_at(instant):
    with at(instant):
        worker.drain()
    return mails()


def test_one_thing_is_a_mail_about_just_that(mona, ask):
    ask()
    (mail,) = drain_at(NOW + MINUTE)
    assert (mail.subject, mail.list_id) == ("Bob Berg vill vara med i Bygg", "requests.bygg")
    assert WORDS in mail.text
    assert "trähus &amp; broar" in mail.html
    assert "Läs och svara" in mail.html
    assert "samordnare för Bygg" in mail.text
    assert unsettled(mona) == 0


def test_several_are_gathered_in_one(make, mona, ask):
    ask()
    ask("Disa Dahl")
    (mail,) = drain_at(NOW + MINUTE)
    assert (mail.subject, mail.list_id) == (
        "Disa Dahl vill vara med i Bygg (och 1 till)",
        "requests.bygg",
    )
    assert "Bob Berg vill vara med" in mail.text
    assert mail.html.count("Läs och svara") == 1, (
        "one act, since all of it is answered at one place"
    )


def test_kinds_and_networks_together_are_on_the_list_of_all_mails_at_once(make, mona, ask):
    other = make.network("El")
    make.membership(mona, other, role="coordinator")
    choice(mona, "events", "now")
    ask()
    tell_of_event(make.event(network_id=other.id), mona)
    (mail,) = drain_at(NOW + MINUTE)
    assert (mail.list_id, mail.list_name) == ("now", "Mejl genast")


def test_however_much_happens_it_is_one_mail_an_hour(make, personas, mona):
    """E3: hundreds of things in one thread give nobody more than one mail an hour."""
    choice(mona, "events", "now")
    network_id = personas.network.id
    for minutes in range(0, 150, 3):
        instant = NOW + minutes * MINUTE
        with at(instant):
            tell_of_event(make.event(network_id=network_id), mona)
            worker.drain()
    sent = drain_at(NOW + 5 * HOUR)
    times = [mail.created_at for mail in sent]
    assert times[0] == NOW
    assert all(later - one >= HOUR for one, later in pairwise(times))
    assert len(sent) <= 4
    assert unsettled(mona) == 0


def test_two_hundred_who_join_give_the_coordinator_one_mail(personas, mona):
    choice(mona, "arrivals", "now")
    network_id = personas.network.id
    with unit_of_work() as work:
        people = [receive_person(f"Person {number}", NOW) for number in range(200)]
        joined = {"network_id": network_id, "role": "member", "began_at": NOW}
        rows = [Membership(person_id=person.id, **joined) for person in people]
        work.add_all(rows)
        work.flush()
        for row in rows:
            about = f"network:{network_id}"
            tell([mona.id], News("arrivals", "NetworkJoined", row.id, about, network_id), NOW)
    (mail,) = drain_at(NOW + MINUTE)
    assert "och 190 till" in mail.text
    assert [one.id for one in drain_at(NOW + 5 * HOUR)] == [mail.id]


def test_what_comes_while_a_mail_is_written_is_in_it(mona, ask, monkeypatch):
    came = []

    def write_slowly(*args, **context):
        if not came:
            came.append(ask("Disa Dahl"))
        return write(*args, **context)

    monkeypatch.setattr("portal.notifications.jobs.composing.write", write_slowly)
    ask()
    (mail,) = drain_at(NOW + MINUTE)
    assert "Bob Berg" in mail.text
    assert "Disa Dahl" in mail.text


@pytest.mark.parametrize("stop", ["read", "answered", "never", "paused", "off"])
def test_what_is_settled_in_time_is_not_mailed(mona, ask, personas, stop):
    row = ask()
    with unit_of_work() as work:
        if stop == "read":
            work.execute(update(Notice).values(read_at=NOW))
        if stop == "answered":
            ended = {"ended_at": NOW, "ended_as": "declined"}
            work.execute(update(Membership).where(Membership.id == row.id).values(ended))
    if stop == "never":
        choice(mona, "requests", "never", personas.network)
    if stop == "paused":
        rhythm(mona, paused_until=NOW + HOUR)
    if stop == "off":
        rhythm(mona, now_off_at=NOW)
    assert drain_at(NOW + MINUTE) == []
    assert unsettled(mona) == 0


def test_a_job_that_is_done_again_mails_nothing_more(mona, ask):
    ask()
    drain_at(NOW)
    for minutes in (0, 30, 90):
        with unit_of_work():
            enqueue(AT_ONCE, {"person_id": mona.id}, run_at=NOW)
        assert len(drain_at(NOW + minutes * MINUTE)) == 1


def test_a_job_that_comes_too_early_leaves_it_to_the_one_that_waits(mona, ask):
    ask()
    drain_at(NOW)
    with at(NOW + 10 * MINUTE):
        ask("Disa Dahl")
        with unit_of_work():
            enqueue(AT_ONCE, {"person_id": mona.id})
    assert len(drain_at(NOW + 20 * MINUTE)) == 1
    assert len(drain_at(NOW + HOUR)) == 2


def test_it_is_asked_for_once_however_much_happens(mona, ask):
    for number in range(3):
        ask(f"Person {number}")
    query = select(Job.id).where(Job.name == AT_ONCE, Job.done_at.is_(None))
    assert len(session().scalars(query).all()) == 1
