"""Seeing my page as others do shows exactly what they get, whatever I chose and whoever they are."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.kernel.db import session, unit_of_work
from portal.networks.models import Network
from portal.people.models import AUDIENCES, FIELDS, Person
from tests.people.marked import choices, make_marked
from tests.support.html_tree import read

PATH = "/journey/as-others-see-me"
KINDS = ("member", "near:open", "near:hidden", "coordinator:open", "administrator")
TOLD = {"photo": None, "headline": "", "municipality": None, "about": ""}
WHOLE = {
    "photo": "0" * 32 + ".webp",
    "headline": "Byggledare",
    "municipality": "2583",
    "about": "Jag **bygger** [här](https://example.com).",
}
HEADINGS = {"h1": "name", "h2": "name"}
profiles = st.fixed_dictionaries({field: st.sampled_from(AUDIENCES) for field in FIELDS})


@pytest.fixture
def marked(make):
    """Somebody who tells everything, in an open and in a hidden network, with a place at two events."""
    one = make_marked(make, 0, choices()[0], make.host())
    for slug, more in (("open", {}), ("hidden", {"visibility": "hidden"}), ("third", {})):
        network = make.network(slug.title(), slug=slug, **more)
        make.membership(one.person, network)
        event = make.event(f"Hos {slug}", network_id=network.id, audience="members")
        make.registration(one.person, event)
    return one


@pytest.fixture
def viewers(personas, make, marked):
    """For each viewer who may be chosen, somebody who really stands there."""
    found = {"member": personas.bob, "administrator": personas.kim}
    for kind, slug in (("near", "open"), ("near", "hidden"), ("coordinator", "open")):
        person = found[f"{kind}:{slug}"] = make.person(f"{kind} {slug}")
        role = "coordinator" if kind == "coordinator" else "member"
        make.membership(person, network_called(slug), role=role)
    return {kind: personas.browser(person) for kind, person in found.items()}


def network_called(slug):
    session().rollback()
    return session().scalars(select(Network).where(Network.slug == slug)).one()


def shown(text):
    """Return all that stands in the frame of a person, but for the level of the name's heading."""
    tree, _faults = read(text)
    frame = next((one for one in tree.walk() if one.get("id") == "person"), None)
    if frame is None:
        return None
    told = [(HEADINGS.get(one.tag, one.tag), one.attributes, one.text()) for one in frame.walk()]
    return [one for one in told if one[0] != "div"]


def tell(person, audiences, left_out):
    with unit_of_work() as work:
        row = work.get_one(Person, person.id)
        for field in FIELDS:
            setattr(row, f"{field}_shown", audiences[field])
        for field, nothing in TOLD.items():
            value = nothing if field in left_out else WHOLE[field]
            setattr(row, field, value)


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(audiences=profiles, left_out=st.sets(st.sampled_from(sorted(TOLD))), data=st.data())
def test_the_preview_is_the_page(personas, marked, viewers, audiences, left_out, data):
    kind = data.draw(st.sampled_from(KINDS))
    tell(marked.person, audiences, left_out)
    served = viewers[kind].get(f"/people/{marked.person.public_id}")
    mine = personas.browser(marked.person)
    for htmx in (False, True):
        preview = mine.get(PATH, query_string={"viewer": kind}, htmx=htmx).text
        if served.status_code == 404:
            assert shown(preview) is None
            assert "De ser dig inte" in preview
        else:
            assert shown(served.text)
            assert shown(preview) == shown(served.text)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_visitor_gets_nothing_in_the_preview_as_on_the_page(personas, marked, browser, audience):
    tell(marked.person, dict.fromkeys(FIELDS, audience), set())
    preview = personas.browser(marked.person).get(f"{PATH}?viewer=visitor").text
    assert shown(preview) is None
    assert "Besökare ser ingenting av dig" in preview
    assert browser.get(f"/people/{marked.person.public_id}").status_code == 303


@pytest.mark.parametrize("key", ["", "nonsense", "near:nowhere", "coordinator:", "self"])
def test_an_unknown_viewer_is_any_member(personas, marked, key):
    tell(marked.person, dict.fromkeys(FIELDS, "members"), set())
    mine = personas.browser(marked.person)
    any_member = mine.get(PATH, query_string={"viewer": "member"}).text
    assert shown(mine.get(PATH, query_string={"viewer": key}).text) == shown(any_member)


def test_each_of_my_networks_may_be_looked_from(personas, marked):
    text = personas.browser(marked.person).get(PATH).text
    for key in (*KINDS, "visitor", "near:third", "coordinator:hidden"):
        assert f'<option value="{key}"' in text


def test_others_can_not_use_it_to_look_at_me(personas, marked):
    text = personas.browser(personas.alice).get(f"{PATH}?viewer=near:hidden").text
    assert "Mk0Name" not in text
    assert "Hidden" not in text


def test_the_page_is_few_queries(personas, marked, count_queries):
    tell(marked.person, dict.fromkeys(FIELDS, "members"), set())
    mine = personas.browser(marked.person)
    with count_queries() as count:
        mine.get(f"{PATH}?viewer=administrator")
    assert count.total <= 8, count.statements
