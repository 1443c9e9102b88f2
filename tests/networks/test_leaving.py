"""Leave a network, kindly, and never without a coordinator."""

import pytest
from sqlalchemy import select

from portal.kernel.db import session
from portal.kernel.facts import FactRow
from portal.networks.models import Membership, Network
from portal.people.models import Person

BOTH = pytest.mark.parametrize("htmx", [False, True])


def state_of(person, network):
    session().rollback()
    mine = (Membership.person_id == person.id, Membership.network_id == network.id)
    query = select(Membership).where(*mine).order_by(Membership.id.desc())
    return session().scalars(query.execution_options(populate_existing=True)).first()


def value(column, row):
    session().rollback()
    return session().scalar(select(column).where(column.class_.id == row.id))


def left_facts():
    session().rollback()
    return session().scalars(select(FactRow.id).where(FactRow.name == "NetworkLeft")).all()


@BOTH
def test_a_member_leaves_after_a_page_that_asks(personas, htmx):
    assert personas.mona
    alice = personas.browser(personas.alice)
    asks = alice.get("/networks/bygg/departure")
    assert "Gå ur Bygg?" in asks.text
    assert state_of(personas.alice, personas.network).state == "active"
    answer = alice.post("/networks/bygg/departure", htmx=htmx)
    assert answer.status_code == (204 if htmx else 303)
    goodbye = alice.get("/networks/bygg").text
    assert "Du har gått ur Bygg. Tack för din tid där, och välkommen tillbaka." in goodbye
    row = state_of(personas.alice, personas.network)
    assert (row.state, row.ended_as) == ("ended", "left")
    assert row.began_at is not None
    assert value(Network.member_count, personas.network) == 1
    assert len(left_facts()) == 1


@BOTH
def test_leaving_twice_is_leaving_once(personas, htmx):
    assert personas.mona
    alice = personas.browser(personas.alice)
    for _ in range(2):
        answer = alice.post("/networks/bygg/departure", htmx=htmx)
    assert answer.status_code == (204 if htmx else 303)
    assert "Du är inte medlem i det här nätverket." in alice.get("/networks/bygg").text
    assert value(Network.member_count, personas.network) == 1
    assert len(left_facts()) == 1


@BOTH
def test_nobody_leaves_without_a_token(personas, htmx):
    alice = personas.browser(personas.alice)
    assert alice.post("/networks/bygg/departure", htmx=htmx, token="").status_code == 400
    assert state_of(personas.alice, personas.network).state == "active"


@BOTH
def test_the_last_coordinator_hands_over_first(personas, htmx):
    mona = personas.browser(personas.mona)
    reason = "Du är ensam samordnare. Lämna över nätverket till någon innan du går ur."
    assert reason in mona.get("/networks/bygg").text
    asks = mona.get("/networks/bygg/departure").text
    assert reason in asks
    assert 'action="/networks/bygg/departure"' not in asks
    answer = mona.post("/networks/bygg/departure", htmx=htmx)
    assert answer.status_code == 403
    assert reason in answer.text
    assert state_of(personas.mona, personas.network).state == "active"


def test_one_of_two_coordinators_leaves_and_no_longer_coordinates(personas, make):
    second = make.person("Sven Andersson")
    make.membership(second, personas.network, role="coordinator")
    mona = personas.browser(personas.mona)
    assert mona.get("/today").status_code == 200
    mona.post("/networks/bygg/departure")
    assert value(Person.coordinates, personas.mona) == 0
    assert value(Person.coordinates, second) == 1
    assert mona.get("/today").status_code == 404


def test_who_is_no_member_is_shown_the_network_instead(personas):
    assert personas.network
    bob = personas.browser(personas.bob)
    assert bob.get("/networks/bygg/departure").headers["Location"] == "/networks/bygg"


def test_who_leaves_a_hidden_network_comes_to_the_list(personas, make):
    hidden = make.network("Hemligt", slug="hemligt", visibility="hidden")
    make.membership(personas.bob, hidden)
    bob = personas.browser(personas.bob)
    answer = bob.post("/networks/hemligt/departure")
    assert answer.headers["Location"] == "/networks"
    assert "Du har gått ur Hemligt." in bob.get("/networks").text
    assert bob.get("/networks/hemligt").status_code == 404


def test_who_has_left_joins_again_with_a_new_row(personas, make):
    open_one = make.network("Trä", slug="tra")
    bob = personas.browser(personas.bob)
    for path in ("membership", "departure", "membership"):
        bob.post(f"/networks/tra/{path}")
    session().rollback()
    mine = select(Membership).where(Membership.person_id == personas.bob.id).order_by(Membership.id)
    assert [row.state for row in session().scalars(mine)] == ["ended", "active"]
    assert value(Network.member_count, open_one) == 1
