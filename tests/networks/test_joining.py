"""Join an open network; ask to be let in to one on request; take that back."""

import pytest
from sqlalchemy import select

from portal.kernel.db import session
from portal.kernel.facts import FactRow
from portal.networks.models import Membership, Network

BOTH = pytest.mark.parametrize("htmx", [False, True])
WORDS = "Jag har byggt trähus i tio år."


def rows(person):
    session().rollback()
    query = select(Membership).where(Membership.person_id == person.id).order_by(Membership.id)
    return list(session().scalars(query.execution_options(populate_existing=True)))


def count(network):
    session().rollback()
    return session().scalar(select(Network.member_count).where(Network.id == network.id))


def facts():
    session().rollback()
    told = ("NetworkJoined", "MembershipAsked", "RequestWithdrawn", "NetworkLeft")
    query = select(FactRow.name).where(FactRow.name.in_(told)).order_by(FactRow.id)
    return list(session().scalars(query))


@pytest.fixture
def wood(make):
    return make.network("Trä", slug="tra")


@BOTH
def test_anybody_joins_an_open_network(personas, wood, htmx):
    bob = personas.browser(personas.bob)
    assert "Gå med i nätverket" in bob.get("/networks/tra").text
    answer = bob.post("/networks/tra/membership", htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    if htmx:
        assert answer.text.startswith('<section id="membership"')
        assert "Du är medlem" in answer.text
        assert "1 medlem." in answer.text
    page = bob.get("/networks/tra").text
    assert "Du är medlem" in page
    assert htmx or "Välkommen till Trä!" in page
    assert [row.state for row in rows(personas.bob)] == ["active"]
    assert count(wood) == 1
    assert facts() == ["NetworkJoined"]


@BOTH
def test_joining_twice_is_joining_once(personas, wood, htmx):
    bob = personas.browser(personas.bob)
    for _ in range(2):
        answer = bob.post("/networks/tra/membership", htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    assert "Du är redan medlem." in (answer.text if htmx else bob.get("/networks/tra").text)
    assert (len(rows(personas.bob)), count(wood), facts()) == (1, 1, ["NetworkJoined"])


@BOTH
def test_nothing_happens_without_a_token(personas, wood, htmx):
    bob = personas.browser(personas.bob)
    answer = bob.post("/networks/tra/membership", htmx=htmx, token="")
    assert answer.status_code == 400
    assert rows(personas.bob) == []


@BOTH
def test_a_visitor_is_asked_to_sign_in_and_comes_back(browser, wood, htmx):
    browser.get("/networks/tra")
    came_from = {"Referer": "http://localhost/networks/tra"}
    answer = browser.post("/networks/tra/membership", htmx=htmx, headers=came_from)
    assert answer.status_code == (401 if htmx else 303)
    where = answer.headers["HX-Redirect" if htmx else "Location"]
    assert where == "/sign-in?next=/networks/tra"


@BOTH
def test_joining_a_known_network_shows_the_whole_page(personas, make, htmx):
    make.network("Känt", slug="kant", visibility="known", description="Innanför.")
    bob = personas.browser(personas.bob)
    answer = bob.post("/networks/kant/membership", htmx=htmx)
    assert answer.status_code == (204 if htmx else 303)
    assert "Innanför." in bob.get("/networks/kant").text


@BOTH
def test_asking_with_a_line_of_motivation(personas, htmx):
    assert personas.mona
    bob = personas.browser(personas.bob)
    answer = bob.post("/networks/bygg/membership", {"motivation": WORDS}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    text = answer.text if htmx else bob.get("/networks/bygg").text
    assert "Du har frågat" in text
    assert WORDS in text
    assert "Din förfrågan är skickad." in text
    assert [(row.state, row.motivation) for row in rows(personas.bob)] == [("asked", WORDS)]
    assert count(personas.network) == 1
    assert facts() == ["MembershipAsked"]


@BOTH
@pytest.mark.parametrize("words", ["", "   ", "för kort", "x" * 501])
def test_a_missing_motivation_is_asked_for_and_what_was_typed_stays(personas, words, htmx):
    assert personas.mona
    bob = personas.browser(personas.bob)
    answer = bob.post("/networks/bygg/membership", {"motivation": words}, htmx=htmx)
    assert answer.status_code == 422
    assert words.strip() in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert ("<html" in answer.text) is not htmx
    assert 'id="membership"' in answer.text
    assert rows(personas.bob) == []


@BOTH
def test_asking_twice_is_asking_once(personas, htmx):
    bob = personas.browser(personas.bob)
    assert personas.network
    for _ in range(2):
        answer = bob.post("/networks/bygg/membership", {"motivation": WORDS}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    assert len(rows(personas.bob)) == 1
    assert facts() == ["MembershipAsked"]


@BOTH
def test_one_does_not_come_into_an_invited_network(personas, make, htmx):
    make.network("Inbjudna", slug="inbjudna", admission="by_invitation")
    bob = personas.browser(personas.bob)
    assert "på inbjudan av en samordnare" in bob.get("/networks/inbjudna").text
    answer = bob.post("/networks/inbjudna/membership", {"motivation": WORDS}, htmx=htmx)
    assert answer.status_code == 403
    assert "på inbjudan av en samordnare" in answer.text
    assert rows(personas.bob) == []


@BOTH
def test_a_request_is_taken_back_and_the_row_stays(personas, htmx):
    bob = personas.browser(personas.bob)
    assert personas.network
    bob.post("/networks/bygg/membership", {"motivation": WORDS})
    for _ in range(2):
        answer = bob.post("/networks/bygg/request/withdrawal", htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
    text = answer.text if htmx else bob.get("/networks/bygg").text
    assert "Din förfrågan är tillbakatagen." in text
    assert "Be om att få vara med" in text
    (row,) = rows(personas.bob)
    assert (row.state, row.ended_as) == ("ended", "withdrawn")
    assert row.asked_at and row.began_at is None
    assert facts() == ["MembershipAsked", "RequestWithdrawn"]


def test_a_request_that_was_just_approved_is_not_taken_back(personas):
    bob, mona = personas.browser(personas.bob), personas.browser(personas.mona)
    bob.post("/networks/bygg/membership", {"motivation": WORDS})
    mona.post(f"/networks/bygg/requests/{personas.bob.public_id}/approval")
    answer = bob.post("/networks/bygg/request/withdrawal", htmx=True)
    assert "En samordnare har redan sagt ja" in answer.text
    assert rows(personas.bob)[0].state == "active"


def test_asking_again_makes_a_new_row_and_changes_no_old_one(personas):
    bob, mona = personas.browser(personas.bob), personas.browser(personas.mona)
    refusal = f"/networks/bygg/requests/{personas.bob.public_id}/refusal"
    bob.post("/networks/bygg/membership", {"motivation": WORDS})
    mona.post(refusal, {"reason": "Vi har fullt just nu."})
    first = rows(personas.bob)[0]
    before = {column.key: getattr(first, column.key) for column in Membership.__table__.columns}
    page = bob.get("/networks/bygg").text
    assert "Vi har fullt just nu." in page
    assert "Du är välkommen att fråga igen när du vill." in page
    bob.post("/networks/bygg/membership", {"motivation": WORDS + " Igen."})
    old, new = rows(personas.bob)
    after = {column.key: getattr(old, column.key) for column in Membership.__table__.columns}
    assert before == after
    assert new.state == "asked"
    assert "Vi har fullt" not in bob.get("/networks/bygg").text


def test_what_people_write_is_escaped(personas):
    bob, mona = personas.browser(personas.bob), personas.browser(personas.mona)
    evil = "<script>steal()</script> hej"
    bob.post("/networks/bygg/membership", {"motivation": evil})
    for who, path in ((bob, "/networks/bygg"), (mona, "/networks/bygg"), (mona, "/today")):
        text = who.get(path).text
        assert "<script>steal" not in text
        assert "&lt;script&gt;steal" in text
    refusal = f"/networks/bygg/requests/{personas.bob.public_id}/refusal"
    assert "<script>steal" not in mona.post(refusal, {"reason": evil}, htmx=True).text
    assert "<script>steal" not in bob.get("/networks/bygg").text


def test_the_membership_fragment_is_part_of_the_page(personas, wood):
    bob = personas.browser(personas.bob)
    fragment = bob.post("/networks/tra/membership", htmx=True).text.split("<hx-partial")[0]
    page = bob.get("/networks/tra").text
    assert fragment.strip() in page
