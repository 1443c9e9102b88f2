"""Remove an address: never the primary one, and so never the last one."""

import pytest

from portal.kernel import clock
from portal.kernel.db import session
from portal.people.models import Affiliation
from portal.people.policy import may_remove_address
from portal.people.queries import addresses_of
from tests.accounts.addresses import give, held
from tests.accounts.walk import latest
from tests.conftest import NOW

OTHER = "alice@nordbygg.se"


@pytest.fixture
def other(personas):
    """The public id of Alice's other address."""
    return give(personas.alice, OTHER)


def primary_id(person):
    session().rollback()
    return addresses_of(person.id)[0].public_id


@pytest.mark.parametrize("htmx", [False, True])
def test_one_gives_an_address_up(personas, other, browser, mailbox, htmx):
    alice = personas.browser(personas.alice)
    page = alice.get(f"/account/addresses/{other}/removal")
    assert OTHER in page.text
    assert held(personas.alice) == ["alice@example.com", OTHER]
    answer = alice.post(f"/account/addresses/{other}/removal", htmx=htmx)
    assert answer.headers["HX-Redirect" if htmx else "Location"] == "/account/addresses"
    assert held(personas.alice) == ["alice@example.com"]
    browser.post("/sign-in", {"email": OTHER})
    assert latest(mailbox).subject == "Vill du vara med?"


def test_both_addresses_are_told(personas, other, mailbox):
    personas.browser(personas.alice).post(f"/account/addresses/{other}/removal")
    assert mailbox.to(OTHER)[-1].subject == "En adress har tagits bort från ditt konto"
    assert "det sista mejlet" in mailbox.to(OTHER)[-1].text
    told = mailbox.to("alice@example.com")[-1]
    assert told.subject == "En adress har tagits bort från ditt konto"
    assert "Var det inte du?" in told.text


def test_where_one_belonged_by_it_is_forgotten(personas, other):
    def belongs():
        session().rollback()
        return [row.key for row in session().query(Affiliation) if "nordbygg" in row.key]

    assert belongs()
    personas.browser(personas.alice).post(f"/account/addresses/{other}/removal")
    assert belongs() == []


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("more", [False, True])
def test_the_primary_one_stays(personas, htmx, more):
    if more:
        give(personas.alice, OTHER)
    alice, first = personas.browser(personas.alice), primary_id(personas.alice)
    page = alice.get(f"/account/addresses/{first}/removal")
    assert "Gör en annan till huvudadress först" in page.text
    assert "<form" not in page.text.split("<main")[1].split("</main>")[0]
    answer = alice.post(f"/account/addresses/{first}/removal", htmx=htmx)
    assert answer.status_code == 403
    assert "Gör en annan till huvudadress först" in answer.text
    assert "alice@example.com" in held(personas.alice)


def test_twice_is_harmless(personas, other):
    alice = personas.browser(personas.alice)
    for _time in range(2):
        answer = alice.post(f"/account/addresses/{other}/removal")
        assert answer.headers["Location"] == "/account/addresses"
    assert "finns inte bland dina" in alice.get("/account/addresses").text


def test_nobody_else_can_touch_or_see_it(personas, other):
    bob = personas.browser(personas.bob)
    for path in ("removal", "primary"):
        known = bob.get(f"/account/addresses/{other}/{path}")
        unknown = bob.get(f"/account/addresses/nosuchid2345/{path}")
        assert (known.status_code, unknown.status_code) == (404, 404)
    known = bob.post(f"/account/addresses/{other}/removal")
    unknown = bob.post("/account/addresses/nosuchid2345/removal")
    assert known.headers["Location"] == unknown.headers["Location"] == "/account/addresses"
    assert bob.post(f"/account/addresses/{other}/primary").status_code == 404
    assert held(personas.alice) == ["alice@example.com", OTHER]


def test_an_address_that_was_given_up_can_be_somebody_elses(personas, other, make):
    with clock.stopped_at(NOW):
        personas.browser(personas.alice).post(f"/account/addresses/{other}/removal")
    assert held(make.person("Next", address=OTHER)) == [OTHER]


@pytest.mark.parametrize(
    ("is_primary", "verified", "allowed"),
    [(True, 1, False), (True, 2, False), (False, 2, True), (False, 1, False), (False, 10, True)],
)
def test_which_addresses_may_go(is_primary, verified, allowed):
    assert bool(may_remove_address(is_primary, verified)) is allowed
