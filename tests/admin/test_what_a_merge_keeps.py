"""Doors, roles, suspensions, places and the history: what becomes of two of each."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.events.models import Event, Registration
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import FactRow, FactSubject
from portal.people.models import Door, Role
from tests.accounts.walk import is_in
from tests.admin.merging import considered, merge
from tests.admin.reading import person_of
from tests.conftest import NOW
from tests.support.filling import fill


@pytest.mark.parametrize(
    ("mine", "theirs", "stays"),
    [
        ({"position": "open"}, {"position": "ajar"}, "theirs"),
        ({"position": "closed"}, {"position": "open"}, "mine"),
        ({"position": "open"}, {"position": "open"}, "mine"),
        ({"position": "open"}, {"position": "open", "paused_until": date(2027, 1, 1)}, "theirs"),
        ({"position": "open"}, {"position": "open", "paused_until": NOW.date()}, "theirs"),
        ({"position": "ajar"}, {"position": "open", "expires_on": date(2026, 1, 1)}, "theirs"),
    ],
)
def test_the_more_closed_of_two_doors_stays(kim, alice, double, mine, theirs, stays):
    with unit_of_work():
        fill(Door.__table__, person_id=alice.id, public_id="mine", **mine)
        fill(Door.__table__, person_id=double.id, public_id="theirs", **theirs)
    assert "Den dörr som är mer stängd står som den gör." in considered(kim, alice, double).text
    merge(kim, alice, double)
    session().rollback()
    doors = session().scalars(select(Door).where(Door.person_id == alice.id)).all()
    assert [one.public_id for one in doors if one.ended_at is None] == [stays]
    assert len(doors) == 2


def test_who_is_suspended_is_so_afterwards_and_this_is_said(kim, personas, alice, double):
    theirs = personas.browser(alice)
    path = f"/admin/people/{double.public_id}/suspension"
    kim.post(path, {"reason": "Skrev hotfulla inlägg."})
    assert "är avstängd efteråt" in considered(kim, alice, double).text
    merge(kim, alice, double)
    assert person_of(alice).suspended_at == NOW
    assert not is_in(theirs)


def test_a_role_moves_and_this_is_said(kim, make, alice):
    other = make.administrator("Alice Akerlund")
    assert "Rollen som administratör flyttar med." in considered(kim, alice, other).text
    merge(kim, alice, other)
    session().rollback()
    roles = session().scalars(select(Role).where(Role.person_id == alice.id))
    assert [one.ended_at for one in roles] == [None]


def test_both_at_one_event_take_one_place(kim, make, alice, double):
    coming = make.event("Frukost", capacity=5)
    for person in (alice, double):
        make.registration(person, coming)
    assert "Frukost: en plats." in considered(kim, alice, double).text
    merge(kim, alice, double)
    session().rollback()
    mine = select(Registration).where(Registration.person_id == alice.id)
    assert len(session().scalars(mine.where(Registration.ended_at.is_(None))).all()) == 1
    assert session().get(Event, coming.id, populate_existing=True).taken == 1


def test_the_history_of_both_is_one_and_names_nobody_who_is_gone(kim, make, alice, double):
    make.relation(double, "alumnus")
    gone = double.id
    merge(kim, alice, double)
    session().rollback()
    people = ("person", "account", "actor", "by")
    about = select(FactSubject).where(FactSubject.kind.in_(people), FactSubject.subject_id == gone)
    assert session().scalars(about).all() == []
    began = session().scalars(select(FactRow.body).where(FactRow.name == "RelationBegan")).all()
    assert [body["person_id"] for body in began] == [alice.id]
