"""A second step for those who look after other people: advised, or required by a setting."""

import pytest

from tests.accounts.second_steps import MINE, turned_on
from tests.support.settings import set_to


@pytest.fixture
def required(portal):
    """The portal, where staff must have a second step."""
    with set_to(portal, staff_second_step=True):
        yield


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(("who", "page"), [("kim", "/admin"), ("mona", "/today")])
def test_where_it_is_required_staff_are_led_to_it_first(required, personas, who, page, htmx):
    browser = personas.browser(getattr(personas, who))
    answer = browser.get(page, htmx=htmx)
    assert answer.headers["HX-Redirect" if htmx else "Location"] == MINE
    assert "dina sidor för personal bara" in browser.get(MINE).text
    turned_on(browser)
    assert browser.get(page).status_code == 200


def test_where_it_is_required_coordinators_decide_nothing_without(required, personas, make):
    make.membership(personas.bob, personas.network, state="asked")
    mona = personas.browser(personas.mona)
    for act in ("approval", "refusal"):
        path = f"/networks/bygg/requests/{personas.bob.public_id}/{act}"
        assert mona.post(path, {"reason": "Nej"}).headers["Location"] == MINE
    assert personas.browser(personas.alice).get("/networks").status_code == 200


@pytest.mark.parametrize(("who", "advised"), [("kim", True), ("mona", True), ("alice", False)])
def test_staff_are_advised_to_turn_it_on_and_nobody_is_stopped(personas, who, advised):
    browser = personas.browser(getattr(personas, who))
    assert ("Slå gärna på det andra steget" in browser.get(MINE).text) is advised
    assert browser.get("/admin").status_code == (200 if who == "kim" else 404)
