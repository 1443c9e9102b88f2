"""Find people by skill, place and relation: only by what each lets the one who looks see."""

import re
from datetime import timedelta

import pytest

from portal.directory.queries import listing, networks
from portal.kernel import clock, keys
from portal.kernel.db import session, unit_of_work
from portal.people.actions import begin_relation
from portal.people.models import Door, Organisation, Relation, Skill

NAME = re.compile(r'class="person-name"[^>]*><bdi>([^<]+)</bdi>')
AUDIENCES = ("nobody", "networks", "members")


@pytest.fixture(params=[0, 10_000], ids=["in order", "gathered"])
def both_ways(request, monkeypatch):
    """Ask for the list in order of an index, and by gathering."""
    for name in ("MOST_GATHERED", "MOST_BEARERS", "MOST_NEAR"):
        monkeypatch.setattr(listing, name, request.param)
    monkeypatch.setattr(networks, "MOST_BEARERS", 10_000)


def can(person, label, folded):
    with unit_of_work() as work:
        work.add(Skill(person_id=person.id, label=label, folded=folded))


def names(browser, path):
    return NAME.findall(browser.get(path).text)


@pytest.mark.parametrize("typed", ["Svetsning", "svetsning", " SVETSNING "])
def test_a_skill_finds_those_who_show_it(personas, make, both_ways, typed):
    """Near and far, each choice of audience for the name and for the skills."""
    for name in AUDIENCES:
        for skills in AUDIENCES:
            for place, network in (("near", personas.network), ("far", make.network())):
                person = make.person(
                    f"{place} {name} {skills}", name_shown=name, skills_shown=skills
                )
                make.membership(person, network)
                can(person, "Svetsning", "svetsning")
    alice = personas.browser(personas.alice)
    found = names(alice, f"/people?skill={typed}")
    assert found == [
        "far members members",
        "near members members",
        "near members networks",
        "near networks members",
        "near networks networks",
    ]
    assert names(personas.browser(personas.bob), "/people?skill=svetsning") == [
        "far members members",
        "near members members",
    ]
    assert len(names(personas.browser(personas.kim), "/people?skill=svetsning")) == 18


def test_my_own_hidden_skill_finds_me_and_only_for_me(personas, both_ways):
    can(personas.alice, "Svetsning", "svetsning")
    assert names(personas.browser(personas.alice), "/people?skill=svetsning") == ["Alice Åkerlund"]
    assert names(personas.browser(personas.mona), "/people?skill=svetsning") == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Umeå", ["Ulla Umeå"]),
        ("umea", ["Ulla Umeå"]),
        ("2480", ["Ulla Umeå"]),
        ("Västerbottens län", ["Sven Skellefteå", "Ulla Umeå"]),
        ("västerbotten", ["Sven Skellefteå", "Ulla Umeå"]),
        ("24", ["Sven Skellefteå", "Ulla Umeå"]),
        ("Gotland", []),
    ],
)
def test_a_place_is_typed_by_name(personas, make, both_ways, typed, found):
    for name, code in (("Ulla Umeå", "2480"), ("Sven Skellefteå", "2482"), ("Dolly Dold", "2480")):
        shown = "nobody" if name == "Dolly Dold" else "networks"
        person = make.person(name, municipality=code, municipality_shown=shown)
        make.membership(person, personas.network)
    alice = personas.browser(personas.alice)
    assert names(alice, f"/people?place={typed}") == found


def test_a_place_that_we_do_not_know_is_told_at_the_field(personas):
    answer = personas.browser(personas.alice).get("/people?place=Ankeborg<script>")
    assert answer.status_code == 200
    assert "Den platsen känner vi inte till" in answer.text
    assert 'value="Ankeborg&lt;script&gt;"' in answer.text


def test_a_shared_address_names_its_place(personas):
    alice = personas.browser(personas.alice)
    assert 'value="Umeå"' in alice.get("/people?place=2480").text
    answer = alice.get("/people?place=Ume%C3%A5&skill=Svets", htmx=True)
    assert answer.headers["HX-Replace-Url"] == "/people?skill=svets&place=2480"


@pytest.fixture
def related(personas, make):
    """People with relations of each kind and time, who show them to their networks."""
    today = clock.now().date()
    times = {
        "nu": (today - timedelta(days=100), None),
        "då": (today - timedelta(days=100), today - timedelta(days=1)),
        "sen": (today + timedelta(days=1), None),
    }
    host = make.host()
    for kind in ("consultant", "alumnus", "candidate"):
        for when, (began, ended) in times.items():
            person = make.person(f"{kind} {when}", relations_shown="networks")
            make.membership(person, personas.network)
            with unit_of_work():
                begin_relation(person, host, kind, began, clock.now(), ended_on=ended)
    hidden = make.person("hidden consultant", relations_shown="nobody")
    make.membership(hidden, personas.network)
    make.relation(hidden, "consultant")


def test_a_relation_finds_those_who_have_it_now_and_show_it(personas, related, both_ways):
    alice = personas.browser(personas.alice)
    assert names(alice, "/people?relation=consultant") == ["consultant nu"]
    assert names(alice, "/people?relation=alumnus") == ["alumnus nu"]
    assert names(alice, "/people?relation=nonsense") == []
    kim = personas.browser(personas.kim)
    assert names(kim, "/people?relation=consultant") == ["consultant nu", "hidden consultant"]


def test_only_administrators_find_candidates_and_not_their_colleagues(
    personas, make, related, both_ways
):
    alice, kim = personas.browser(personas.alice), personas.browser(personas.kim)
    assert 'value="candidate"' not in alice.get("/people").text
    assert names(alice, "/people?relation=candidate") == []
    assert 'value="candidate"' in kim.get("/people").text
    assert names(kim, "/people?relation=candidate") == ["candidate nu"]
    with unit_of_work() as work:
        nordbygg = Organisation(name="Nordbygg AB", kind="customer")
        work.add(nordbygg)
        work.flush()
        began = clock.now().date() - timedelta(days=10)
        candidate = session().query(Relation).filter_by(kind="candidate", ended_on=None).first()
        for person_id in (personas.kim.id, candidate.person_id):
            person = session().get_one(type(personas.kim), person_id)
            begin_relation(person, nordbygg, "customer_contact", began, clock.now())
    assert names(kim, "/people?relation=candidate") == []


def test_filters_narrow_together(personas, make, both_ways):
    for number in range(12):
        person = make.person(
            f"Person {number:02}",
            municipality="2480" if number % 2 else "0180",
            skills_shown="networks",
        )
        make.membership(person, personas.network)
        if number % 3 == 0:
            can(person, "Betong", "betong")
    alice = personas.browser(personas.alice)
    path = "/people?q=person&skill=betong&place=2480&network=bygg"
    assert names(alice, path) == ["Person 03", "Person 09"]


def test_paging_of_a_filter_visits_each_once(personas, make, both_ways):
    for number in range(45):
        person = make.person(f"Person {number:02}", skills_shown="members", name_shown="members")
        can(person, "Betong", "betong")
    alice, seen, path = personas.browser(personas.alice), [], "/people?skill=betong"
    while path:
        answer = alice.get(path)
        seen += NAME.findall(answer.text)
        more = re.search(r'rel="next" href="([^"]+)"', answer.text)
        path = more[1].replace("&amp;", "&") if more else None
    assert seen == [f"Person {number:02}" for number in range(45)]


def test_a_suspended_person_is_found_by_administrators_only(personas, make, both_ways):
    gone = make.person("Stig Stängd", name_shown="members", suspended_at=clock.now())
    make.membership(gone, personas.network)
    for path in ("/people", "/people?q=stig", "/people?network=bygg"):
        assert "Stig" not in personas.browser(personas.alice).get(path).text
    assert "Stig" in personas.browser(personas.kim).get("/people?q=stig").text


def test_a_list_shows_of_each_only_what_they_let_one_see(personas, make):
    told = {"headline": "Hemlig rubrik", "municipality": "2480"}
    shown = make.person("Vera Visar", name_shown="members", headline_shown="members", **told)
    hides = make.person(
        "Göte Gömmer", name_shown="members", headline_shown="networks", **told,
        municipality_shown="nobody",
    )  # fmt: skip
    assert shown.id != hides.id
    bob = personas.browser(personas.bob).get("/people").text
    assert bob.count("Hemlig rubrik") == 1
    assert "Umeå" not in bob
    assert personas.browser(personas.kim).get("/people").text.count("Hemlig rubrik") == 2


def open_door(person, position):
    with unit_of_work() as work:
        began = {"began_at": clock.now(), "public_id": keys.public_id()}
        work.add(Door(person_id=person.id, position=position, **began))


@pytest.fixture
def doors(personas, make):
    """Doors in each position, near Alice; one among her colleagues, one that shuts hers out."""
    for position in ("closed", "ajar", "open"):
        person = make.person(f"Door {position}", name_shown="networks")
        make.membership(person, personas.network)
        open_door(person, position)
    colleague = make.person("Kollega Öppen", address="kollega@nordbygg.se")
    make.membership(colleague, personas.network)
    open_door(colleague, "open")
    return colleague


def test_an_open_door_is_found_by_those_who_may_know(personas, make, doors, both_ways):
    path = "/people?door=1"
    assert names(personas.browser(personas.alice), path) == ["Door open", "Kollega Öppen"]
    found = ["Door ajar", "Door open", "Kollega Öppen"]
    assert names(personas.browser(personas.mona), path) == found
    assert names(personas.browser(personas.kim), path) == found
    assert names(personas.browser(personas.bob), path) == []


def test_colleagues_do_not_find_each_others_doors(personas, make, doors, both_ways):
    spy = make.person("Sven Spion", address="sven@it.nordbygg.se")
    make.membership(spy, personas.network, role="coordinator")
    assert names(personas.browser(spy), "/people?door=1") == ["Door ajar", "Door open"]
    assert "Kollega Öppen" in names(personas.browser(spy), "/people?q=kollega")
