"""One more address, and mails to it from then on: as people do it, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal.accounts.actions import enter_as
from portal.demo.actions import DEMO_ROLES
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.mail import Mail
from portal.kernel.paging import PAGE_SIZE
from portal.people.queries import person_by_address
from tests.support.soundness import faults


def latest_to(address, drain):
    """Return the text of the newest mail to an address."""
    drain()
    session().rollback()
    query = select(Mail.text).where(Mail.address == address).order_by(Mail.id.desc())
    return session().scalars(query).first()


def link_in(text):
    """Return the path of the one link about addresses."""
    return re.search(r"http://\S+?(/account/addresses/\S+)", text)[1]


def is_sound(page, javascript):
    """Say that a page on the way has no axe violation, and no sideways scroll on a small phone.

    What is looked for needs JavaScript itself; the pages are the same without.
    """
    assert not javascript or faults(page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_an_address_is_added_and_made_primary_from_both_mails(visit, drain, javascript):
    role, old = ("candidate", "bashir") if javascript else ("coordinator", "mona")
    old, new = f"{old}@kundidat.example", f"{old}@home.example.net"
    window = visit(javascript=javascript, viewport={"width": 390, "height": 800})
    page = window.sign_in_as(role).open("/account")
    page.get_by_role("link", name="Alla adresser").click()
    page.get_by_role("link", name="Lägg till en adress").click()
    page.get_by_label("E-postadress").fill(new)
    page.get_by_role("button", name="Mejla en kod dit").click()
    page.wait_for_url("**/account/addresses/code")
    is_sound(page, javascript)
    page.get_by_label("Koden från mejlet").fill("000000")
    page.get_by_role("button", name="Lägg till adressen").click()
    expect(page.locator(".field-error")).to_contain_text("inte koden")
    is_sound(page, javascript)
    code = re.search(r"^    (\d{6})$", latest_to(new, drain), re.MULTILINE)[1]
    page.get_by_label("Koden från mejlet").fill(code)
    page.get_by_role("button", name="Lägg till adressen").click()
    page.wait_for_url("**/account/addresses")
    expect(page.locator("main .list")).to_contain_text(new)

    page.get_by_role("link", name=re.compile("Gör till huvudadress")).click()
    is_sound(page, javascript)
    page.get_by_role("button", name="Skriv till båda adresserna").click()
    page.wait_for_url("**/account/addresses")
    expect(page.locator("#change")).to_contain_text("Inte bekräftad än")
    is_sound(page, javascript)
    links = [link_in(latest_to(address, drain)) for address in (old, new)]

    # At another browser, where nobody is signed in: each mailbox confirms for itself.
    reader = visit(javascript=javascript)
    mail = reader.open(links[0])
    is_sound(mail, javascript)
    mail.get_by_role("button", name="Ja, ändra").click()
    expect(mail.locator("#confirmation")).to_contain_text("En bekräftelse återstår")
    is_sound(mail, javascript)
    mail = reader.open(links[1])
    mail.get_by_role("button", name="Ja, ändra").click()
    expect(mail.locator("#confirmation")).to_contain_text("båda adresserna är bekräftade")
    is_sound(mail, javascript)
    page = window.open("/account")
    expect(page.locator("#addresses")).to_contain_text(new)
    expect(window.open("/account/log").locator(".timeline")).to_contain_text("huvudadress")

    # Who reads the former mailbox undoes it: here, too, nobody is signed in any more.
    mail = reader.open(link_in(latest_to(old, drain)))
    is_sound(mail, javascript)
    mail.get_by_role("button", name="Det var inte jag").click()
    mail.wait_for_url("**/sign-in")
    expect(mail.locator("body")).to_contain_text("Det är ångrat")
    assert "/sign-in" in window.open("/account").url


def test_the_log_goes_on_without_leaving_the_page(visit, world):
    window = visit().sign_in_as("alumna")
    with unit_of_work():
        alumna = person_by_address(DEMO_ROLES["alumna"][1])
        for _time in range(PAGE_SIZE):
            enter_as(alumna, "Firefox", clock.now())
    page = window.open("/account/log")
    page.wait_for_function("window.htmx")
    page.evaluate("window.stays = true")
    before = page.locator(".timeline > li").count()
    page.get_by_role("link", name="Visa fler").click()
    expect(page.locator(".timeline > li").nth(before)).to_be_visible()
    assert page.evaluate("window.stays"), "the page was not loaded anew"
