"""Who sees whom: one rule for the list, the search and the page."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.directory import queries
from portal.directory.queries import listing
from portal.directory.queries.visible import may_be_seen_by
from portal.kernel import clock
from portal.kernel.actors import VISITOR, Actor
from portal.kernel.db import session, unit_of_work
from portal.people.models import Link, Person, Skill, Work
from portal.people.policy import is_seen, reached

SCRIPT = "<script>x()</script>"
LISTS = ("work_shown", "skills_shown", "links_shown", "relations_shown", "journey_shown")


@pytest.fixture
def people(make, personas):
    """Everybody's wish times how they belong: with Alice, elsewhere, formerly, asked, nowhere."""
    elsewhere, found = make.network("Annat"), {}
    for shown in ("nobody", "networks", "members"):
        for place in ("shared", "elsewhere", "left", "asked", "nowhere"):
            person = make.person(f"{shown} {place}", name_shown=shown)
            if place == "shared":
                make.membership(person, personas.network)
            elif place == "elsewhere":
                make.membership(person, elsewhere)
            elif place == "left":
                ended = {"ended_at": clock.now(), "ended_as": "left"}
                make.membership(person, personas.network, **ended)
            elif place == "asked":
                make.membership(person, personas.network, state="asked")
            found[person.id] = person, place == "shared"
    return found


@pytest.fixture
def viewers(people, make, personas):
    """Alice shares a network with some; one has left it, one has asked to join, one coordinates."""
    left, asked = make.person("Lämnat"), make.person("Frågat")
    make.membership(left, personas.network, ended_at=clock.now(), ended_as="left")
    make.membership(asked, personas.network, state="asked")
    administrator = Actor(personas.kim.id, roles=frozenset({"administrator"}))
    return [
        (Actor(personas.alice.id), True),
        (Actor(personas.mona.id, is_coordinator=True), True),
        (Actor(left.id), False),
        (Actor(asked.id), False),
        (Actor(personas.bob.id), False),
        (administrator, False),
        (VISITOR, False),
    ]


@pytest.mark.parametrize("most", [0, 10_000])
def test_the_queries_follow_the_rule(viewers, people, monkeypatch, most):
    """Both ways of asking, by gathering and in order of an index, for the list and the search."""
    monkeypatch.setattr(listing, "MOST_GATHERED", most)
    monkeypatch.setattr(listing, "MOST_BEARERS", most)
    for actor, belongs in viewers:
        allowed = {
            person.id
            for person, shares in people.values()
            if is_seen(person, "name", reached(actor, person.id, near=shares and belongs))
        }
        visible = set(session().scalars(select(Person.id).where(may_be_seen_by(actor, Person))))
        assert visible & people.keys() == allowed, actor
        if actor.is_signed_in:
            for name in ("", "n", "m"):
                fitting = {i for i in allowed if people[i][0].name.startswith(name or ("n", "m"))}
                assert listed(actor, name) & people.keys() == fitting | extra(allowed, people, name)
        for person, _shares in people.values():
            found = queries.found_person(person.public_id, actor)
            assert (found is not None) == (person.id in allowed)


def extra(allowed, people, name):
    """Those whose second word begins so."""
    return {i for i in allowed if people[i][0].name.split()[1].startswith(name)}


def listed(actor, name):
    """Walk the whole list."""
    found, after = [], None
    while True:
        filters = queries.Filters(name)
        outlook = queries.outlook(actor, filters)
        page = queries.listed(actor, filters, outlook, clock.now(), after)
        found += [row.id for row in page.rows]
        after = page.after
        if after is None:
            break
    assert len(found) == len(set(found))
    return set(found)


def test_visitors_are_asked_to_sign_in(browser, personas):
    for path in ("/people", f"/people/{personas.alice.public_id}"):
        answer = browser.get(path)
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"/sign-in?next={path}"
        assert browser.get(path, htmx=True).status_code == 401


def test_a_page_i_may_not_see_is_like_one_that_never_was(personas, make):
    hidden = make.person("Ina Ingen", name_shown="nobody")
    make.membership(hidden, personas.network)
    alice = personas.browser(personas.alice)
    unknown = alice.get("/people/missing")
    answer = alice.get(f"/people/{hidden.public_id}")
    assert answer.status_code == unknown.status_code == 404
    assert "Ina" not in answer.text
    assert personas.browser(personas.kim).get(f"/people/{hidden.public_id}").status_code == 200


def test_a_persons_page_shows_what_they_tell_and_the_networks_we_share(personas, make):
    other = make.network("Hemligt", visibility="hidden")
    make.membership(personas.mona, other, role="coordinator")
    person = make.person(
        "Åsa Öberg", headline="Byggledare", about="Jag **bygger**.", municipality="2480"
    )
    make.membership(person, personas.network)
    make.membership(person, other)
    text = personas.browser(personas.alice).get(f"/people/{person.public_id}").text
    for shown in ("Åsa Öberg", "Byggledare", "<strong>bygger</strong>", "Umeå", "Bygg"):
        assert shown in text
    assert "Hemligt" not in text
    assert "Hemligt" in personas.browser(personas.mona).get(f"/people/{person.public_id}").text


def test_relations_are_shown_to_the_person_and_administrators_only(personas, make):
    make.relation(personas.alice, "candidate")
    path = f"/people/{personas.alice.public_id}"
    assert "Kandidat sedan 2025" in personas.browser(personas.alice).get(path).text
    assert "Kandidat sedan 2025" in personas.browser(personas.kim).get(path).text
    theirs = personas.browser(personas.mona).get(path)
    assert theirs.status_code == 200
    assert "Kandidat" not in theirs.text


def test_i_recognise_myself(personas):
    alice = personas.browser(personas.alice)
    text = alice.get(f"/people/{personas.alice.public_id}").text
    assert "Det här är du" in text
    assert 'href="/journey"' in text
    assert "Det här är du" in alice.get("/people").text


def test_what_people_write_is_escaped(personas, make):
    person = make.person(SCRIPT, headline=SCRIPT, about=SCRIPT, name_shown="members")
    alice = personas.browser(personas.alice)
    for path in ("/people", f"/people/{person.public_id}"):
        text = alice.get(path).text
        assert "<script>x" not in text
        assert "&lt;script&gt;x" in text


def test_a_page_is_few_queries_however_much_somebody_tells(personas, make, count_queries):
    """A composite page: all that is told and the networks are one query, relations another."""
    make.relation(personas.alice)
    mona = make.person("Mina Många", name_shown="members", **dict.fromkeys(LISTS, "members"))
    make.relation(mona, "employee")
    for number in range(12):
        network = make.network()
        for person in (personas.alice, mona):
            make.membership(person, network)
        with unit_of_work() as work:
            began = date(2000 + number, 1, 1)
            work.add(Work(person_id=mona.id, workplace=f"Firma {number}", began_on=began))
            work.add(Skill(person_id=mona.id, folded=f"skill {number}", label=f"Skill {number}"))
            work.add(Link(person_id=mona.id, url=f"https://example.com/{number}"))
    reader, counted = personas.browser(personas.alice), {}
    for person in (personas.alice, mona):
        with count_queries() as count:
            text = reader.get(f"/people/{person.public_id}").text
        assert count.total <= 8, count.statements
        counted[person.id] = count.total
    assert "Firma 11" in text
    assert "Skill 11" in text
    assert len(set(counted.values())) == 1
