"""Coordinators let people in or say no with a reason, from the network's page and from Idag."""

import pytest
from sqlalchemy import select

from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import session, unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.kernel.facts import FactRow
from portal.networks import actions
from portal.networks.models import Membership, Network
from portal.networks.queries import request_of
from tests.support.browser import without_token

BOTH = pytest.mark.parametrize("htmx", [False, True])
ACTS = pytest.mark.parametrize("act", ["approval", "refusal"])
WORDS = "Jag har byggt trähus i tio år."
REASON = "Nätverket är för dig som arbetar i branschen."


@pytest.fixture
def request_(personas, make):
    """Bob's request to Mona's network."""
    assert personas.mona
    return make.membership(personas.bob, personas.network, state="asked", motivation=WORDS)


@pytest.fixture
def path(personas, request_):
    return f"/networks/bygg/requests/{personas.bob.public_id}"


def stands(request_):
    session().rollback()
    return session().get(Membership, request_.id, populate_existing=True)


def facts():
    session().rollback()
    told = ("MembershipApproved", "MembershipDeclined", "NetworkJoined")
    return session().scalars(select(FactRow.name).where(FactRow.name.in_(told))).all()


def members(network):
    session().rollback()
    return session().scalar(select(Network.member_count).where(Network.id == network.id))


@BOTH
def test_a_coordinator_lets_somebody_in(personas, request_, path, htmx):
    mona = personas.browser(personas.mona)
    page = mona.get("/networks/bygg").text
    assert "Bob Berg" in page
    assert WORDS in page
    assert "Väntat 10 dagar" in page
    answer = mona.post(f"{path}/approval", htmx=htmx)
    if htmx:
        assert answer.status_code == 200
        assert "Godkänd av Mona Lindqvist" in answer.text
        assert "/approval" not in answer.text
        assert "Bob Berg är nu medlem i Bygg." in answer.text
    else:
        assert answer.headers["Location"] == "/networks/bygg"
        assert "Bob Berg är nu medlem i Bygg." in mona.get("/networks/bygg").text
    row = stands(request_)
    assert (row.state, row.decided_by_id) == ("active", personas.mona.id)
    assert members(personas.network) == 2
    assert facts() == ["MembershipApproved", "NetworkJoined"]
    assert "Du är medlem" in personas.browser(personas.bob).get("/networks/bygg").text


@BOTH
def test_a_coordinator_says_no_with_a_reason(personas, request_, path, htmx):
    mona = personas.browser(personas.mona)
    answer = mona.post(f"{path}/refusal", {"reason": REASON}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    text = answer.text if htmx else mona.get("/networks/bygg").text
    assert "Bob Berg får veta det, med din förklaring." in text
    row = stands(request_)
    assert (row.ended_as, row.reason, row.decided_by_id) == ("declined", REASON, personas.mona.id)
    assert members(personas.network) == 1
    assert facts() == ["MembershipDeclined"]
    page = personas.browser(personas.bob).get("/networks/bygg").text
    assert REASON in page
    assert "Be om att få vara med" in page


@BOTH
@pytest.mark.parametrize("reason", ["", "nej", "x" * 1001])
def test_nobody_gets_a_no_without_a_reason(personas, request_, path, reason, htmx):
    mona = personas.browser(personas.mona)
    answer = mona.post(f"{path}/refusal", {"reason": reason}, htmx=htmx)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert reason in answer.text
    assert "<details open>" in answer.text
    assert ("<html" in answer.text) is not htmx
    assert stands(request_).state == "asked"


@BOTH
@ACTS
def test_nothing_is_decided_without_a_token(personas, request_, path, act, htmx):
    mona = personas.browser(personas.mona)
    answer = mona.post(f"{path}/{act}", {"reason": REASON}, htmx=htmx, token="")
    assert answer.status_code == 400
    assert stands(request_).state == "asked"


@BOTH
@ACTS
@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "kim", "elsewhere"])
def test_only_the_networks_own_coordinators_decide(
    personas, make, *, request_, path, who, act, htmx
):
    if who == "elsewhere":
        person = make.person("Elsa Annorstädes")
        make.membership(person, make.network(), role="coordinator")
    else:
        person = getattr(personas, who)
    answer = personas.browser(person).post(f"{path}/{act}", {"reason": REASON}, htmx=htmx)
    assert answer.status_code == 404
    assert stands(request_).state == "asked"


@pytest.mark.parametrize("decide", [actions.approve_request, actions.decline_request])
def test_whoever_coordinates_no_longer_decides_no_more(personas, request_, decide):
    """The page asks before the act; the act asks again, of the membership as it is by then."""
    alice, reason = Actor(personas.alice.id), (REASON,) if "decline" in decide.__name__ else ()
    asked = request_of(Actor(personas.mona.id), "bygg", personas.bob.public_id)
    with pytest.raises(NotAllowed, match="Only coordinators"), unit_of_work():
        decide(alice, asked, *reason, clock.now())
    assert stands(request_).state == "asked"


@ACTS
def test_a_visitor_is_asked_to_sign_in(browser, request_, path, act):
    answer = browser.post(f"{path}/{act}", {"reason": REASON})
    assert answer.headers["Location"].startswith("/sign-in")
    assert stands(request_).state == "asked"


@BOTH
@pytest.mark.parametrize("second", ["approval", "refusal"])
def test_the_second_coordinator_is_told_who_was_first(
    personas, make, *, request_, path, second, htmx
):
    sven = make.person("Sven Andersson")
    make.membership(sven, personas.network, role="coordinator")
    personas.browser(personas.mona).post(f"{path}/approval")
    late = personas.browser(sven)
    answer = late.post(f"{path}/{second}", {"reason": REASON}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    text = answer.text if htmx else late.get("/networks/bygg").text
    assert "Redan godkänd av Mona Lindqvist." in text
    assert stands(request_).state == "active"
    assert facts() == ["MembershipApproved", "NetworkJoined"]
    assert members(personas.network) == 3


def test_a_request_that_was_taken_back_is_not_approved(personas, request_, path):
    personas.browser(personas.bob).post("/networks/bygg/request/withdrawal")
    answer = personas.browser(personas.mona).post(f"{path}/approval", htmx=True)
    line = '<p class="notice notice--info">Bob Berg har tagit tillbaka sin förfrågan.</p>'
    assert line in answer.text, "told, and not as if it had been done"
    assert stands(request_).ended_as == "withdrawn"


def test_the_request_fragment_is_part_of_the_page(personas, request_, path):
    mona = personas.browser(personas.mona)
    refused = mona.post(f"{path}/refusal", {"reason": "nej"}, htmx=True).text
    page = mona.post(f"{path}/refusal", {"reason": "nej"}).text
    assert without_token(refused).strip() in without_token(page)


def test_only_coordinators_see_who_waits(personas, request_):
    for person in (personas.alice, personas.charlie, personas.kim):
        text = personas.browser(person).get("/networks/bygg").text
        assert "Bob Berg" not in text
        assert WORDS not in text


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ("/today", "/today"),
        ("https://evil.example", "/networks/bygg"),
        ("//evil.example", "/networks/bygg"),
        ("", "/networks/bygg"),
    ],
)
def test_one_comes_back_to_where_one_was_and_nowhere_else(personas, path, back, expected):
    mona = personas.browser(personas.mona)
    assert mona.post(f"{path}/approval", {"back": back}).headers["Location"] == expected
