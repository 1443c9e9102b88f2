"""Signing in at one's organisation as people do it: in Chromium, at a certified provider."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from portal.kernel import clock
from tests.browser.conftest import Visits
from tests.support.organisation import running
from tests.support.settings import set_to

# The provider's own pages want a font from elsewhere; nothing leaves this machine.
ELSEWHERE = "https://fonts.googleapis.com/**"
BUTTON = "Logga in med Acme & Co"


@pytest.fixture(scope="module")
def there(world, address):
    """The portal by the machine's name, and an organisation at another site: so cookies count."""
    address = address.replace("127.0.0.1", "localhost")
    with (
        running(address) as acme,
        set_to(world.portal, providers=(acme.provider,), base_url=address),
    ):
        yield address


@pytest.fixture
def open_window(chromium, there):
    """Open windows that may go to the organisation, at its hour: set for each test, since what it
    says of somebody is refused when it seems to come from the future."""
    visits = Visits(chromium, there)

    def opened(**options):
        window = visits(**options)
        window.context.route(
            ELSEWHERE, lambda route: route.fulfill(body="", content_type="text/css")
        )
        return window

    with clock.stopped_at(datetime.now(UTC)):
        yield opened
    assert visits.close() == []


def sign_in_there(page, login):
    """Sign in at the organisation, and let it tell us who one is."""
    page.get_by_placeholder("Enter any login").fill(login)
    page.get_by_placeholder("and password").fill("x")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()


def link(window, login=None):
    """Go from the account to the organisation, where one may be signed in already, and back."""
    page = window.open("/account/organisations")
    page.get_by_role("link", name="Koppla Acme & Co").click()
    if login:
        sign_in_there(page, login)
    page.wait_for_url(f"{window.address}/account/organisations/confirmation")
    return page


@pytest.mark.parametrize("javascript", [True, False])
def test_somebody_new_signs_in_and_comes_back_another_day(open_window, javascript):
    login = "nora" if javascript else "nils"
    window = open_window(javascript=javascript, viewport={"width": 390, "height": 800})
    page = window.open("/sign-in?next=/networks")
    page.get_by_role("link", name=BUTTON).click()
    sign_in_there(page, login)
    page.wait_for_url(f"{window.address}/networks")
    page = window.open("/account/organisations")
    expect(page.locator("main .list")).to_contain_text(login)
    again = open_window()
    page = again.open("/sign-in")
    page.get_by_role("link", name=BUTTON).click()
    sign_in_there(page, login)
    page.wait_for_url(f"{again.address}/")
    expect(again.open("/account/log").locator(".timeline")).to_contain_text(
        "organisations inloggning"
    )


def test_it_is_linked_by_hand_and_unlinked(open_window):
    window = open_window().sign_in_as("candidate")
    page = link(window, "ulla")
    expect(page.locator("main")).to_contain_text("alice@example.com")
    page.get_by_role("link", name="Nej, koppla den inte").click()
    expect(page.locator("main .list")).to_have_count(0)
    page = link(window)
    page.get_by_role("button", name="Ja, koppla den").click()
    expect(page.locator(".notice--success, .notice").first).to_contain_text(
        "kan du logga in med Acme"
    )
    expect(page.locator("main .list")).to_contain_text("alice@example.com")

    other = open_window()
    other.open("/sign-in").get_by_role("link", name=BUTTON).click()
    sign_in_there(other.page, "ulla")
    other.page.wait_for_url(f"{other.address}/")
    expect(other.page.locator("body")).to_contain_text("Bashir")

    page = window.open("/account/organisations")
    page.get_by_role("button", name=re.compile("Koppla bort")).click()
    expect(page.locator("main .list")).to_have_count(0)


def test_an_unverified_address_opens_nothing_and_one_is_told_what_does(open_window):
    window = open_window()
    page = window.open("/sign-in")
    page.get_by_role("link", name=BUTTON).click()
    sign_in_there(page, "silent")
    page.wait_for_url("**/unproved")
    expect(page.locator("h1")).to_have_text("En sak först")
    assert "/sign-in" in window.open("/account").url


def test_an_answer_that_nobody_asked_for_is_refused(open_window):
    window = open_window()
    window.open("/sign-in").get_by_role("link", name=BUTTON).click()
    page = window.open("/sign-in/with/acme/arrival?code=x&state=another")
    expect(page.locator(".notice--error")).to_contain_text("började någon annanstans")
    assert page.url == f"{window.address}/sign-in"


def test_who_turns_round_there_can_come_in_another_way(open_window):
    window = open_window()
    page = window.open("/sign-in")
    page.get_by_role("link", name=BUTTON).click()
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url(f"{window.address}/sign-in")
    expect(page.locator(".notice--error")).to_contain_text("Du sa nej hos Acme & Co")
    expect(page.get_by_label("E-postadress")).to_be_visible()
