"""The members of a network, as far as each wants to be seen."""

import re

import pytest

from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.networks.queries import members_of
from portal.people.policy import reached

NAME = re.compile(r'class="person-name"[^>]*><bdi>([^<]+)</bdi>')


def names(answer):
    return NAME.findall(answer.text)


@pytest.fixture
def network(make, personas):
    """A public network of four with different wishes, coordinated by one who keeps to herself."""
    network = make.network("Trä", slug="tra")
    for name, shown, role in (
        ("Örjan Öppen", "members", "member"),
        ("Nils Nätverk", "networks", "member"),
        ("Ina Ingen", "nobody", "member"),
        ("Sara Samordnare", "nobody", "coordinator"),
    ):
        make.membership(make.person(name, name_shown=shown), network, role=role)
    return network


def test_members_see_each_other_and_who_coordinates(personas, make, network):
    make.membership(personas.bob, network)
    bob = personas.browser(personas.bob)
    listed = bob.get("/networks/tra/members")
    assert names(listed) == ["Bob Berg", "Nils Nätverk", "Sara Samordnare", "Örjan Öppen"]
    assert "1 visar inte sitt namn." in listed.text
    assert "Ina" not in listed.text
    shown = bob.get("/networks/tra")
    assert names(shown) == ["Sara Samordnare", "Bob Berg", "Nils Nätverk", "Örjan Öppen"]
    assert "Och 1 till." in shown.text


def test_other_signed_in_people_see_those_who_want_to_be_seen_by_all(personas, network):
    charlie = personas.browser(personas.charlie)
    assert names(charlie.get("/networks/tra")) == ["Örjan Öppen"]
    listed = charlie.get("/networks/tra/members")
    assert names(listed) == ["Örjan Öppen"]
    assert "3 visar inte sina namn." in listed.text


def test_visitors_see_only_the_number(browser, network):
    assert names(browser.get("/networks/tra")) == []
    assert "4 medlemmar." in browser.get("/networks/tra").text
    assert browser.get("/networks/tra/members").status_code == 303


def test_only_those_whose_page_may_be_seen_are_linked(personas, make, network):
    make.membership(personas.bob, network)
    text = personas.browser(personas.bob).get("/networks/tra/members").text
    assert re.search(r'<a class="person-name" href="/people/\w+"><bdi>Nils', text)
    assert '<span class="person-name"><bdi>Sara' in text


def test_who_has_left_or_only_asked_is_not_a_member(personas, make, network):
    make.membership(personas.alice, network, ended_at=clock.now(), ended_as="left")
    make.membership(make.person("Vera Väntar"), network, state="asked")
    make.membership(personas.bob, network)
    text = personas.browser(personas.bob).get("/networks/tra/members").text
    assert "Alice" not in text
    assert "Vera" not in text


def test_paging_visits_each_member_once_in_swedish_order(personas, make, network):
    for number in range(50):
        make.membership(make.person(f"Ärla {number:02}"), network)
    make.membership(personas.bob, network)
    bob, seen, address = personas.browser(personas.bob), [], "/networks/tra/members"
    while address:
        answer = bob.get(address)
        seen += names(answer)
        found = re.search(r'rel="next" href="([^"]+)"', answer.text)
        address = found[1] if found else None
    assert len(seen) == len(set(seen)) == 54
    assert (seen[0], seen[-1]) == ("Bob Berg", "Örjan Öppen")


@pytest.mark.parametrize("belongs", [True, False])
@pytest.mark.parametrize("administrator", [True, False])
def test_the_list_follows_the_rule_about_names(personas, network, belongs, administrator):
    roles = frozenset({"administrator"} if administrator else ())
    actor = Actor(person_id=personas.charlie.id, roles=roles)
    listed = members_of(actor, network.id, belongs=belongs).page.rows
    linked = {row.name for row in listed if row.profile}

    wishes = {"Örjan Öppen": "members", "Nils Nätverk": "networks", "Ina Ingen": "nobody"}
    wishes["Sara Samordnare"] = "nobody"
    audiences = reached(actor, -1, near=belongs)
    allowed = {name for name, shown in wishes.items() if shown in audiences}
    assert linked == allowed


def test_names_are_escaped(personas, make, network):
    make.membership(make.person("<script>x()</script>", name_shown="members"), network)
    bob = personas.browser(personas.bob)
    for path in ("/networks/tra", "/networks/tra/members"):
        assert "<script>x" not in bob.get(path).text
