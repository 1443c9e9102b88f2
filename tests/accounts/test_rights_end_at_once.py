"""A right that is taken away is gone at the very next request (CHECKS B7)."""

import pytest
from sqlalchemy import delete, update

from portal.kernel.db import session, unit_of_work
from portal.networks.models import Membership
from portal.people.models import Person, Role
from tests.accounts.walk import is_in
from tests.conftest import NOW

NETWORK = "/networks/bygg"
HTMX = pytest.mark.parametrize("htmx", [False, True])


@HTMX
def test_an_administrator_who_is_one_no_longer(personas, htmx):
    kim = personas.browser(personas.kim)
    assert kim.get("/admin").status_code == 200
    with unit_of_work() as work:
        work.execute(update(Role).values(ended_at=NOW))
    assert kim.get("/admin", htmx=htmx).status_code == 404
    assert kim.post("/admin/jobs/1/retry", htmx=htmx).status_code == 404
    assert "/admin" not in kim.get("/").text
    assert is_in(kim)


@HTMX
@pytest.mark.parametrize("ended", [True, False])
def test_a_coordinator_who_is_one_no_longer(personas, make, htmx, ended):
    mona, network = personas.browser(personas.mona), personas.network
    make.membership(personas.bob, network, state="asked", motivation="Jag bygger broar.")
    bob = personas.bob.public_id
    assert "Jag bygger broar." in mona.get(NETWORK).text
    assert "/today" in mona.get("/").text
    with unit_of_work() as work:
        mine = update(Membership).where(Membership.person_id == personas.mona.id)
        gone = {"ended_at": NOW, "ended_as": "removed"} if ended else {"role": "member"}
        work.execute(mine.values(gone))
        work.get_one(Person, personas.mona.id).coordinates = 0
    assert "Jag bygger broar." not in mona.get(NETWORK).text
    assert "/today" not in mona.get("/").text
    for act in ("approval", "refusal"):
        form = {"reason": "Inte nu, tyvärr, men gärna senare."}
        answer = mona.post(f"{NETWORK}/requests/{bob}/{act}", form, htmx=htmx)
        assert answer.status_code in (403, 404)
    session().rollback()
    assert session().query(Membership).filter_by(person_id=personas.bob.id).one().began_at is None


@HTMX
def test_a_moderator_who_is_one_no_longer(personas, make, htmx):
    moderator = make.person("Moa Mård")
    make.membership(moderator, personas.network, role="moderator")
    moa = personas.browser(moderator)
    assert "Moderator" in moa.get(f"{NETWORK}/members").text
    with unit_of_work() as work:
        mine = update(Membership).where(Membership.person_id == moderator.id)
        work.execute(mine.values(role="member"))
    after = moa.get(f"{NETWORK}/members", htmx=htmx).text
    assert "Moa Mård" in after
    assert "Moderator" not in after


@HTMX
@pytest.mark.parametrize("hidden", [True, False])
def test_a_member_who_was_removed(personas, make, htmx, hidden):
    network = make.network(
        slug="inside",
        visibility="hidden" if hidden else "known",
        description="secret-of-the-network",
    )
    person = make.person("Malin Medlem")
    make.membership(person, network)
    make.opening("secret-opening", networks=[network], audience="networks", slug="within")
    malin = personas.browser(person)
    assert "secret-of-the-network" in malin.get("/networks/inside").text
    assert malin.get("/openings/within").status_code == 200
    with unit_of_work() as work:
        mine = update(Membership).where(Membership.person_id == person.id)
        work.execute(mine.values(ended_at=NOW, ended_as="removed"))
    answer = malin.get("/networks/inside", htmx=htmx)
    assert answer.status_code == (404 if hidden else 200)
    assert "secret-of-the-network" not in answer.text
    assert malin.get("/openings/within", htmx=htmx).status_code == 404
    assert malin.get("/networks/inside/members", htmx=htmx).status_code == 404


@HTMX
@pytest.mark.parametrize("who", ["alice", "mona", "kim"])
def test_somebody_who_is_suspended(personas, htmx, who):
    person = getattr(personas, who)
    browser = personas.browser(person)
    assert is_in(browser)
    with unit_of_work():
        session().get_one(Person, person.id).suspended_at = NOW
    for path in ("/account", "/journey", "/people"):
        answer = browser.get(path, htmx=htmx)
        where = answer.headers.get("HX-Redirect" if htmx else "Location", "")
        assert where.startswith("/sign-in"), path
    answer = browser.post(f"{NETWORK}/membership", {"motivation": "Hej hej"}, htmx=htmx)
    assert answer.status_code in (401, 303)


@HTMX
def test_somebody_whose_row_is_gone(personas, htmx):
    """Erasure takes the row with all that hangs on it."""
    alice = personas.browser(personas.alice)
    with unit_of_work() as work:
        work.execute(delete(Person).where(Person.id == personas.alice.id))
    answer = alice.get("/account", htmx=htmx)
    assert answer.status_code == (401 if htmx else 303)
