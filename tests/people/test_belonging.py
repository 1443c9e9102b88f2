"""Who counts as whose colleague: keys, and the rows that are kept from what people tell."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.kernel import clock, worker
from portal.kernel.actors import PORTAL
from portal.kernel.db import session, unit_of_work
from portal.people.actions import begin_relation, change_organisation, renew_affiliations
from portal.people.models import Affiliation, Organisation, Work
from portal.people.policy import domain_keys, joins, organisation_keys, workplace_key
from portal.people.policy.belonging import says_nothing, workplace_of_domain
from portal.people.policy.organisations import ToldOrganisation


@pytest.mark.parametrize(
    ("domain", "keys"),
    [
        ("nordbygg.se", ["nordbygg.se"]),
        ("Mail.NORDBYGG.se.", ["nordbygg.se", "mail.nordbygg.se"]),
        ("a.b.nordbygg.se", ["nordbygg.se", "b.nordbygg.se", "a.b.nordbygg.se"]),
        ("nordbygg.co.uk", ["nordbygg.co.uk"]),
        ("mail.nordbygg.co.uk", ["nordbygg.co.uk", "mail.nordbygg.co.uk"]),
        ("blåbär.se", ["xn--blbr-noae.se"]),
        ("xn--blbr-noae.se", ["xn--blbr-noae.se"]),
        ("co.uk", []),
        ("se", []),
        ("", []),
        ("..", []),
    ],
)
def test_a_mail_domain_is_known_by_itself_and_those_above(domain, keys):
    assert domain_keys(domain) == [f"domain:{key}" for key in keys]


@pytest.mark.parametrize(
    "name",
    [
        "Nordbygg",
        "NORDBYGG AB",
        "Nord-Bygg",
        "AB Nord Bygg (publ)",
        "nordbygg Sverige AB",
        "Nordbygg Group",
    ],
)
def test_a_workplace_has_one_spelling(name):
    assert workplace_key(name) == "name:nordbygg"


@pytest.mark.parametrize(
    "name", ["", "!?", "Egen firma", "FRILANS", "Student", "Konsult", "Arbetssökande"]
)
def test_what_is_no_workplace_has_no_key(name):
    assert workplace_key(name) == ""


def test_a_name_of_nothing_but_company_words_is_a_name_all_the_same():
    assert workplace_key("Holding AB") == "name:holdingab"


@pytest.mark.parametrize(
    ("domain", "key"),
    [
        ("nordbygg.se", "name:nordbygg"),
        ("mail.nord-bygg.se", "name:nordbygg"),
        ("xn--blbr-noae.se", "name:blabar"),
        ("nordbygg.co.uk", "name:nordbygg"),
        ("konsult.se", ""),
        ("se", ""),
    ],
)
def test_a_domain_names_a_workplace(domain, key):
    assert workplace_of_domain(domain) == key


def test_a_public_provider_joins_nobody_and_neither_does_the_host():
    ours = set(organisation_keys(1, "Vidarebro AB", "vidarebro.se"))
    for key in ("domain:gmail.com", "domain:x.gmail.com", *ours, "domain:mail.vidarebro.se"):
        assert not joins(key, ours), key
    for key in ("org:2", "name:nordbygg", "domain:nordbygg.se", "domain:notgmail.com"):
        assert joins(key, ours), key
    assert says_nothing("domain:mail.gmail.com")
    assert not says_nothing("domain:gmail.com.evil.se")
    # The host's own staff, where nobody has written down the domain.
    assert not joins("domain:vidarebro.se", set(organisation_keys(1, "Vidarebro AB", None)))


def test_an_organisation_with_a_providers_domain_does_not_join_all_who_have_mail_there():
    assert organisation_keys(5, "Nordbygg AB", "gmail.com") == ["org:5", "name:nordbygg"]
    assert organisation_keys(5, "NB AB", "nordbygg.se") == [
        "org:5",
        "name:nb",
        "domain:nordbygg.se",
        "name:nordbygg",
    ]


def keys_of(person):
    session().rollback()
    rows = (
        session().execute(select(Affiliation).where(Affiliation.person_id == person.id)).scalars()
    )
    return {row.key: row.until for row in rows}


@pytest.fixture
def nordbygg(portal):
    with unit_of_work() as work:
        organisation = Organisation(name="NB Entreprenad AB", kind="customer", domain="nordbygg.se")
        work.add(organisation)
    return organisation


ALL = {"name:nbentreprenad", "domain:nordbygg.se", "name:nordbygg"}


def test_relation_address_and_work_each_make_everybody_colleagues(make, nordbygg):
    by_relation, by_mail = make.person(), make.person(address="bo@mail.nordbygg.se")
    by_work, by_nickname = make.person(), make.person()
    with unit_of_work() as work:
        begin_relation(by_relation, nordbygg, "employee", date(2020, 1, 1), clock.now())
        for person, workplace in ((by_work, "NB Entreprenad"), (by_nickname, "Nordbygg")):
            work.add(Work(person_id=person.id, workplace=workplace, began_on=date(2020, 1, 1)))
            renew_affiliations(person.id)
    for person in (by_relation, by_mail, by_work):
        assert {f"org:{nordbygg.id}", *ALL} <= keys_of(person).keys()
    assert keys_of(by_nickname).keys() & ALL == {"name:nordbygg"}


def test_a_candidate_or_alumnus_is_nobodys_colleague(make, nordbygg):
    person = make.person()
    with unit_of_work():
        for kind in ("candidate", "alumnus"):
            begin_relation(person, nordbygg, kind, date(2020, 1, 1), clock.now())
    assert keys_of(person).keys() == {"domain:example.com"}


def test_of_two_ends_the_later_one_counts_and_no_end_is_the_latest(make, nordbygg):
    person = make.person()
    with unit_of_work() as work:
        for end in (date(2024, 6, 1), None, date(2025, 6, 1)):
            began = date(2020, 1, 1)
            work.add(Work(person_id=person.id, workplace="Norrtak", began_on=began, ended_on=end))
            if end:
                work.add(
                    Work(person_id=person.id, workplace="Sydtak", began_on=began, ended_on=end)
                )
        renew_affiliations(person.id)
    assert keys_of(person)["name:norrtak"] is None
    assert keys_of(person)["name:sydtak"] == date(2025, 6, 30)  # months are told, not days


def test_an_organisation_that_changes_brings_its_people_along(make, nordbygg):
    by_relation, by_mail = make.person(), make.person(address="bo@sydtak.se")
    with unit_of_work() as work:
        begin_relation(by_relation, nordbygg, "employee", date(2020, 1, 1), clock.now())
        organisation = work.get_one(Organisation, nordbygg.id)
        told = ToldOrganisation("Sydtak AB", organisation.kind, "sydtak.se")
        change_organisation(PORTAL, organisation, told, clock.now())
    worker.drain()
    for person in (by_relation, by_mail):
        assert {f"org:{nordbygg.id}", "name:sydtak", "domain:sydtak.se"} <= keys_of(person).keys()
    assert not keys_of(by_relation).keys() & ALL


def test_renewing_twice_is_renewing_once(make, nordbygg):
    people = [make.person(address=f"p{number}@nordbygg.se") for number in range(3)]
    before = [keys_of(person) for person in people]
    with unit_of_work():
        renew_affiliations(*(person.id for person in people), people[0].id)
        renew_affiliations()
    assert [keys_of(person) for person in people] == before


def test_an_end_that_lies_ahead_is_kept(make, nordbygg):
    person, ahead = make.person(), clock.now().date() + timedelta(days=30)
    with unit_of_work():
        begin_relation(
            person, nordbygg, "consultant", date(2020, 1, 1), clock.now(), ended_on=ahead
        )
    assert keys_of(person)[f"org:{nordbygg.id}"] == ahead
