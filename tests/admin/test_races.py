"""Two administrators at once give one outcome, on both databases, with real threads."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from portal.kernel.db import session
from portal.networks.models import Membership
from portal.people.models import Person, RelationKind, Role, Suspension
from tests.accounts.walk import is_in
from tests.admin.reading import facts, organisations, relations, standing
from tests.support.at_once import at_once, posting

SEEN = re.compile(r'name="seen" value="(\w+)"')
CLICKS = 6


@pytest.fixture
def both(personas, make):
    """Two administrators."""
    make.host()
    return personas.kim, make.administrator("Olle Två")


def form(**more):
    told = {"kind": "consultant", "organisation": "Kundidat", "began": "2020-01-01"}
    return told | {"purpose": "uppdrag", "legal_basis": "contract"} | more


def clicks(personas, both, path, **told):
    """Make ready as many clicks, from both administrators by turns."""
    who = [both[number % 2] for number in range(CLICKS)]
    return [posting(personas.browser(one), path, **told) for one in who]


def statuses(answers):
    return sorted(answer.status_code for answer in answers)


@pytest.mark.parametrize("ended", ["", "2024-01-01"])
def test_the_same_relation_begins_once(personas, both, ended):
    path = f"/admin/people/{personas.alice.public_id}/relations"
    answers = at_once(clicks(personas, both, path, **form(ended=ended)))
    assert statuses(answers) == [303] + [422] * (CLICKS - 1)
    assert len(relations(personas.alice)) == len(facts("RelationBegan")) == 1


def test_the_same_new_organisation_is_written_down_once(personas, both, make):
    people = [make.person() for _ in range(CLICKS)]
    acts = [
        posting(
            personas.browser(both[place % 2]),
            f"/admin/people/{person.public_id}/relations",
            **form(organisation="Nya Bygget", organisation_id="new-customer"),
        )
        for place, person in enumerate(people)
    ]
    assert set(statuses(at_once(acts))) <= {303, 422}
    assert len(organisations("Nya Bygget")) == len(facts("OrganisationAdded")) == 1


def test_a_relation_is_put_right_by_one_of_two(personas, both, make):
    make.relation(personas.alice, "consultant", began_on=date(2020, 1, 1))
    [former] = relations(personas.alice)
    path = f"/admin/people/{personas.alice.public_id}/relations/{former.id}"
    answers = at_once(clicks(personas, both, path, **form(began="2019-01-01")))
    assert statuses(answers) == [303] * CLICKS
    assert len(relations(personas.alice)) == 2
    assert len(standing(personas.alice)) == len(facts("RelationCorrected")) == 1


def test_ending_and_putting_right_at_once_leave_one_that_counts(personas, both, make):
    make.relation(personas.alice, "consultant", began_on=date(2020, 1, 1))
    [former] = relations(personas.alice)
    path = f"/admin/people/{personas.alice.public_id}/relations/{former.id}"
    one, other = (personas.browser(each) for each in both)
    answers = at_once(
        [posting(one, f"{path}/end", ended="2026-01-01"), posting(other, path, **form(title="Ny"))]
    )
    assert set(statuses(answers)) <= {303, 422}
    [stands] = standing(personas.alice)
    assert stands.title == "Ny"


def test_a_kind_and_an_organisation_are_added_once(personas, both):
    kind = {"name_sv": "Mentor", "name_en": "Mentor", "phase": "during"}
    told = kind | {"purpose": "uppdrag", "legal_basis": "consent"}
    answers = at_once(clicks(personas, both, "/admin/relation-kinds", **told))
    assert statuses(answers) == [303] + [422] * (CLICKS - 1)
    session().rollback()
    mentors = session().scalars(select(RelationKind).where(RelationKind.name_en == "Mentor"))
    assert len(mentors.all()) == len(facts("RelationKindAdded")) == 1
    told = {"name": "Nordbygg", "kind": "customer", "domain": "", "industry": ""}
    answers = at_once(clicks(personas, both, "/admin/organisations", **told))
    assert statuses(answers) == [303] + [422] * (CLICKS - 1)
    assert len(organisations("Nordbygg")) == 1


def test_two_who_take_each_others_role_leave_one_administrator(personas, both):
    acts = [
        posting(personas.browser(one), f"/admin/people/{other.public_id}/role/end")
        for one, other in (both, both[::-1])
    ]
    at_once(acts)
    session().rollback()
    held = session().scalars(select(Role.id).where(Role.ended_at.is_(None))).all()
    assert len(held) == len(facts("RoleTaken")) == 1


def test_two_who_suspend_each_other_leave_one_administrator(personas, both):
    acts = [
        posting(
            personas.browser(one),
            f"/admin/people/{other.public_id}/suspension",
            reason="Den andra var först.",
        )
        for one, other in (both, both[::-1])
    ]
    at_once(acts)
    session().rollback()
    assert len(session().scalars(select(Suspension)).all()) == 1
    out = session().scalars(select(Person.id).where(Person.suspended_at.is_not(None))).all()
    assert len(out) == 1


def test_a_role_is_given_and_somebody_suspended_once(personas, both, make):
    answers = at_once(clicks(personas, both, f"/admin/people/{personas.alice.public_id}/role"))
    assert statuses(answers) == [303] * CLICKS
    path = f"/admin/people/{personas.bob.public_id}/suspension"
    answers = at_once(clicks(personas, both, path, reason="Skrev hotfulla inlägg."))
    assert statuses(answers) == [303] * CLICKS
    session().rollback()
    mine = select(Role.id).where(Role.person_id == personas.alice.id)
    assert len(session().scalars(mine).all()) == 1
    assert len(session().scalars(select(Suspension)).all()) == 1


def merging(browser, one, other, stays):
    """Look at what merging would do, and make ready to do it."""
    path = f"/admin/people/{one.public_id}/merge"
    chosen = {"with": other.public_id, "stays": stays.public_id}
    seen = SEEN.search(browser.get(path, query_string=chosen).text)[1]
    return posting(browser, path, seen=seen, **chosen)


def test_two_merges_of_the_same_two_are_one(personas, both, make):
    one, other = make.person("Anna Ek"), make.person("Anna Ek")
    make.relation(other, "alumnus")
    kim, olle = (personas.browser(each) for each in both)
    acts = [merging(kim, one, other, one), merging(olle, other, one, other)]
    acts += [merging(personas.browser(both[0]), one, other, one)]
    numbers = {one.id, other.id}
    answers = at_once(acts)
    assert {answer.status_code for answer in answers} <= {303, 404}
    session().rollback()
    left = set(session().scalars(select(Person.id).where(Person.id.in_(numbers))))
    assert len(left) == len(facts("PersonsMerged")) == 1


def test_who_joins_while_being_merged_joins_before_or_is_told(personas, both, make):
    network = make.network("Trä", slug="tra")
    one, other = make.person("Anna Ek"), make.person("Anna Ek")
    kim, theirs = personas.browser(both[0]), personas.browser(other)
    act = merging(kim, one, other, one)
    answers = at_once([act, posting(theirs, "/networks/tra/membership")])
    assert {answer.status_code for answer in answers} == {303}
    assert is_in(theirs) is (not facts("PersonsMerged"))
    session().rollback()
    mine = select(Membership.person_id).where(Membership.network_id == network.id)
    there = set(session().scalars(select(Person.id)))
    joined = session().scalars(mine).all()
    assert len(joined) == len(facts("NetworkJoined")), "who was told that they joined has joined"
    assert set(joined) <= there
