"""The second step as people do it: with an app and on paper, by keyboard, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import expect
from pyotp import TOTP

from tests.browser.test_addresses import latest_to
from tests.conftest import NOW
from tests.support.soundness import faults


def sound(page, javascript):
    """See that a page that only some steps lead to is sound on a small screen; axe is a script."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert not javascript or faults(page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_turned_on_taken_and_turned_off(visit, drain, javascript):
    small = {"viewport": {"width": 320, "height": 640}}
    window = visit(javascript=javascript, **small)
    window.sign_in_as("alumna" if javascript else "candidate")
    page = window.open("/account")
    address = page.locator("#addresses strong").inner_text()
    page.get_by_role("link", name="Ett andra steg").press("Enter")
    page.get_by_role("button", name="Slå på det").press("Enter")
    page.get_by_text("Sitter du vid telefonen").press("Enter")
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    sound(page, javascript)
    page.get_by_label("Koden från appen").fill("000000")
    page.keyboard.press("Enter")
    expect(page.locator(".field-error")).to_contain_text("inte den kod som appen visar")
    page.get_by_label("Koden från appen").fill(TOTP(secret).at(NOW))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Dina koder att skriva ut")
    printed = page.locator(".printed code").all_inner_texts()
    assert len(printed) == 10
    sound(page, javascript)
    page.get_by_role("link", name="Jag har dem").press("Enter")
    expect(page.locator("main")).to_contain_text("10 av dem är oanvända.")

    other = visit(javascript=javascript, **small)
    page = other.open("/sign-in")
    page.get_by_label("E-postadress").fill(address)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{other.address}/sign-in/code")
    code = re.search(r"^    (\d{6})$", latest_to(address, drain), re.MULTILINE)[1]
    page.get_by_label("Koden från mejlet").fill(code)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{other.address}/sign-in/second-step")
    sound(page, javascript)
    page.get_by_role("link", name="Använd en utskriven kod").press("Enter")
    page.get_by_label("En av dina utskrivna koder").fill("aaaaa-aaaaa")
    page.keyboard.press("Enter")
    expect(page.locator(".field-error")).to_contain_text("ingen av dina oanvända")
    page.get_by_label("En av dina utskrivna koder").fill(printed[0])
    page.keyboard.press("Enter")
    page.wait_for_url(f"{other.address}/")

    page = other.open("/account/second-step")
    page.get_by_label("En kod från appen, eller en utskriven").fill(printed[1])
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Slå på det")).to_be_visible()
