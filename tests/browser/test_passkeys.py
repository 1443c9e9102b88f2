"""Passkeys in a real browser, with a device that Chromium simulates (CDP, WebAuthn domain)."""

import pytest
from playwright.sync_api import expect

from portal.accounts.policy import RECENT
from portal.kernel import clock
from tests.browser.conftest import Visits
from tests.conftest import NOW

PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
# The simulated device answers at once where a person would first choose among suggestions.
NO_SUGGESTIONS = "PublicKeyCredential.isConditionalMediationAvailable = async () => false"
SIGN_IN, ADD = "Logga in med passnyckel", "Lägg till den här enheten"


class Phone:
    """A device with passkeys, at one window."""

    def __init__(self, window):
        self.cdp = window.context.new_cdp_session(window.page)
        self.cdp.send("WebAuthn.enable", {"enableUI": False})
        made = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
        self.id = made["authenticatorId"]

    def passkeys(self):
        return self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]

    def recognise(self, its_owner):
        """Let the next finger be the owner's, or somebody else's: the device then says no."""
        told = {"authenticatorId": self.id, "isUserVerified": its_owner}
        self.cdp.send("WebAuthn.setUserVerified", told)


@pytest.fixture
def by_name(chromium, address):
    """Open windows at the portal by the machine's name: passkeys are not bound to numbers."""
    visits = Visits(chromium, address.replace("127.0.0.1", "localhost"))

    def opened(*, suggests=False, **options):
        window = visits(**options)
        if not suggests:
            window.context.add_init_script(NO_SUGGESTIONS)
        return window

    yield opened
    assert visits.close() == []


def add(window, name):
    page = window.open("/account/passkeys")
    page.get_by_label("Vad kallar du den här enheten?").fill(name)
    page.get_by_role("button", name=ADD).click()
    expect(page.locator(".item-title", has_text=name)).to_be_visible()
    return page


def sign_out(window):
    window.open("/account").get_by_role("button", name="Logga ut", exact=True).click()
    window.page.wait_for_url(f"{window.address}/")


def remove(window, name):
    page = window.open("/account/passkeys")
    page.get_by_role("link", name=f"Byt namn eller ta bort {name}").click()
    page.get_by_role("button", name="Ta bort passnyckeln").click()
    page.wait_for_url(f"{window.address}/account/passkeys")


def test_added_signed_in_with_renamed_and_removed(by_name):
    window = by_name().sign_in_as("alumna")
    phone = Phone(window)
    page = window.open("/account")
    page.get_by_role("link", name="Passnycklar").click()
    expect(page.get_by_text("Du har ingen passnyckel än.")).to_be_visible()
    page = add(window, "Min telefon")
    [kept] = phone.passkeys()
    assert kept["isResidentCredential"]
    assert kept["rpId"] == "localhost"

    sign_out(window)
    page = window.open("/sign-in?next=/networks")
    page.get_by_role("button", name=SIGN_IN).click()
    page.wait_for_url(f"{window.address}/networks")
    expect(window.open("/account/log").locator(".timeline")).to_contain_text("med en passnyckel")

    page = window.open("/account/passkeys")
    page.get_by_role("link", name="Byt namn eller ta bort").click()
    page.get_by_label("Vad kallar du den här enheten?").fill("Jobbtelefon")
    page.get_by_role("button", name="Spara namnet").click()
    page.wait_for_url(f"{window.address}/account/passkeys")
    expect(page.locator(".item-title")).to_have_text("Jobbtelefon")

    remove(window, "Jobbtelefon")
    expect(page.get_by_text("Du har ingen passnyckel än.")).to_be_visible()
    sign_out(window)
    page = window.open("/sign-in")
    page.get_by_role("button", name=SIGN_IN).click()
    expect(page.get_by_role("alert")).to_contain_text("passnyckeln gick inte att använda")


def test_a_device_says_no_or_has_one_already_and_one_is_told(by_name):
    window = by_name().sign_in_as("candidate")
    phone = Phone(window)
    add(window, "Dator")
    page = window.page
    page.get_by_role("button", name=ADD).click()
    expect(page.locator("#passkey-add [data-said]")).to_contain_text("redan en passnyckel")
    phone.recognise(its_owner=False)
    sign_out(window)
    page = window.open("/sign-in")
    button = page.get_by_role("button", name=SIGN_IN)
    button.click()
    said = page.locator("#passkey-sign-in [data-said]")
    expect(said).to_contain_text("Ingenting har hänt")
    phone.recognise(its_owner=True)
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{window.address}/")
    remove(window, "Dator")


def test_the_address_field_suggests_it(by_name):
    window = by_name(suggests=True).sign_in_as("coordinator")
    Phone(window)
    add(window, "Arbetsdator")
    sign_out(window)
    window.page.goto(f"{window.address}/sign-in?next=/networks", wait_until="commit")
    window.page.wait_for_url(f"{window.address}/networks")
    remove(window, "Arbetsdator")


def test_a_passkey_shows_again_who_one_is(by_name):
    window = by_name().sign_in_as("customer")
    Phone(window)
    add(window, "Surfplatta")
    with clock.stopped_at(NOW + RECENT):
        page = window.open("/account/passkeys")
        assert "/account/proof" in page.url
        page.get_by_role("button", name="Använd min passnyckel").click()
        page.wait_for_url(f"{window.address}/account/passkeys")
        remove(window, "Surfplatta")


@pytest.mark.parametrize("lacking", ["JavaScript", "passkeys"])
def test_where_they_can_not_work_the_pages_say_what_does(by_name, lacking):
    window = by_name(javascript=lacking != "JavaScript", suggests=True)
    window.context.add_init_script("delete window.PublicKeyCredential")
    page = window.open("/sign-in")
    expect(page.get_by_role("button", name=SIGN_IN)).to_be_hidden()
    expect(page.get_by_label("E-postadress")).to_be_visible()
    page = window.sign_in_as("alumna").open("/account/passkeys")
    expect(page.get_by_text("En kod via mejl fungerar som förut.")).to_be_visible()
    expect(page.get_by_role("button", name=ADD)).to_be_hidden()


def test_at_an_address_without_a_name_the_page_says_so(visit):
    page = visit().sign_in_as("alumna").open("/account/passkeys")
    expect(page.get_by_text("de kräver en säker adress med ett namn")).to_be_visible()
