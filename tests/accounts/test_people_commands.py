"""Whoever runs the portal helps somebody who lost a mailbox, or phone and paper."""

import pytest

from portal.cli.people import people
from tests.accounts.addresses import held
from tests.accounts.second_steps import turned_on
from tests.accounts.walk import asked, code_in, is_in
from tests.support.browser import Browser

ALICE, NEW = "alice@example.com", "alice@home.example.net"


@pytest.fixture
def run(portal):
    runner = portal.test_cli_runner()
    return lambda *words: runner.invoke(people, ["address", *words])


def test_a_further_address_is_given(personas, run, mailbox):
    alice = personas.alice
    done = run("ALICE@example.com", NEW)
    assert (done.exit_code, done.output) == (0, f"Alice Åkerlund can sign in with {NEW}\n")
    assert held(alice) == [ALICE, NEW]
    assert run(ALICE, NEW).exit_code == 0  # twice is harmless
    assert held(alice) == [ALICE, NEW]


def test_it_can_be_made_primary(personas, run):
    alice = personas.alice
    assert run(ALICE, NEW, "--primary").exit_code == 0
    assert held(alice) == [NEW, ALICE]


def test_nobody_gets_the_address_of_another(personas, run):
    assert personas.alice.id != personas.bob.id
    refused = run(ALICE, "BOB@example.com")
    assert (refused.exit_code, "belongs to somebody else" in refused.output) == (1, True)
    refused = run("nobody@example.com", NEW)
    assert (refused.exit_code, "Nobody has the address" in refused.output) == (1, True)
    assert held(personas.bob) == ["bob@example.com"]


def test_the_second_step_of_somebody_who_lost_everything_is_turned_off(personas, portal, mailbox):
    turned_on(personas.browser(personas.alice))
    runner = portal.test_cli_runner()
    done = runner.invoke(people, ["second-step-off", ALICE])
    assert (done.exit_code, done.output) == (0, "Alice Åkerlund signs in with one step\n")
    assert mailbox.to(ALICE)[-1].subject == "Det andra steget stängdes av"
    browser = Browser(portal)
    browser.post("/sign-in/code", {"code": code_in(asked(browser, mailbox, ALICE))})
    assert is_in(browser)
    assert "Det andra steget stängdes av" in browser.get("/account/log").text
    again = runner.invoke(people, ["second-step-off", ALICE])
    assert (again.exit_code, "has no second step" in again.output) == (1, True)
    nobody = runner.invoke(people, ["second-step-off", "nobody@example.com"])
    assert (nobody.exit_code, "Nobody has the address" in nobody.output) == (1, True)


def test_nobody_is_added_twice_and_a_stranger_is_not_promoted(portal):
    runner = portal.test_cli_runner()
    assert runner.invoke(people, ["add", "Kim Sandberg", "kim@example.com"]).exit_code == 0
    assert runner.invoke(people, ["add", "Någon", "KIM@example.com"]).exit_code == 1
    assert runner.invoke(people, ["promote", "nobody@example.com"]).exit_code == 1
    assert runner.invoke(people, ["promote", "kim@example.com"]).exit_code == 0
