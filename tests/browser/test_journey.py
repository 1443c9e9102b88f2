"""My journey in Chromium: filters, hiding, memories, corrections; by mouse, by keys, without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import speak
from tests.support.soundness import faults

STORY = "#story .timeline > li"


def test_a_year_and_a_kind_are_chosen_without_leaving_the_page(visit):
    page = visit().sign_in_as("alumna").open("/journey")
    page.wait_for_function("window.htmx")
    page.evaluate("window.stays = true")
    page.locator("#story-year").select_option("2018")
    expect(page.locator(STORY)).to_have_count(1)
    expect(page.locator(STORY)).to_contain_text("Bullerskärmen")
    expect(page).to_have_url(re.compile(r"year=2018"))
    expect(page.locator("#history-count")).to_have_text("1 händelse.")
    page.locator("#show-networks").click()
    expect(page.locator(STORY)).to_have_count(0)
    assert page.evaluate("window.stays"), "the page was not loaded anew"
    page.go_back()
    expect(page.locator(STORY)).to_have_count(1)
    page.locator("#chapter-choice-all").click()
    expect(page.locator("#story-year")).to_have_value("")


def test_more_is_read_on_under_what_stands(visit):
    page = visit().sign_in_as("alumna").open("/journey")
    page.wait_for_function("window.htmx")
    before = page.locator(STORY).count()
    page.locator("#more a").click()
    expect(page.locator("#more")).to_have_count(0)
    assert page.locator(STORY).count() > before == 20
    expect(page.locator("#history-count")).to_contain_text("till visas")


@pytest.mark.parametrize("javascript", [True, False])
def test_an_entry_is_hidden_and_shown_again(visit, javascript):
    page = visit(javascript=javascript).sign_in_as("alumna").open("/journey?show=events")
    page.locator(STORY).nth(1).get_by_role("link", name="Mer").click()
    page.get_by_role("button", name="Dölj det för mina nätverk").click()
    expect(page.locator("#hiding")).to_contain_text("Ingenting: du har dolt det.")
    page.get_by_role("button", name="Låt mina nätverk läsa det igen").click()
    expect(page.get_by_role("button", name="Dölj det för mina nätverk")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_memory_is_written_by_keyboard_alone(visit, javascript):
    page = visit(javascript=javascript).sign_in_as("customer").open("/journey/memories/new")
    words = f"Tangentbordet räcker {javascript}"
    page.locator("#year").focus()
    page.keyboard.type("2099")
    for _field in range(3):
        page.keyboard.press("Tab")
    page.keyboard.type(words)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#year-error")).to_be_visible()
    expect(page.locator("#text")).to_have_value(words)
    page.locator("#year").fill("2015")
    page.locator("#year").press("Enter")
    expect(page.locator("#story")).to_contain_text(words)


def test_a_correction_goes_from_the_person_to_the_answer(visit, drain):
    page = visit().sign_in_as("candidate").open("/journey?show=networks")
    page.locator(STORY).first.get_by_role("link", name="Mer").click()
    page.get_by_role("link", name="Be om rättelse").click()
    page.get_by_label("Vad är fel, och hur ska det vara?").fill("Det var en vecka tidigare.")
    page.get_by_role("button", name="Be om rättelse").click()
    expect(page.locator("#corrections")).to_contain_text("Väntar på svar")
    page.context.clear_cookies()
    office = visit().sign_in_as("administrator").open("/admin")
    office.get_by_role("link", name="Läs och svara").click()
    office.get_by_role("link", name="Bashir Nilsson").click()
    office.get_by_label("Det är rättat").check()
    office.get_by_label("Ditt svar").fill("Vi har flyttat den en vecka.")
    office.get_by_role("button", name="Skicka svaret").click()
    expect(office.locator("#flash")).to_contain_text("Bashir Nilsson får ditt svar med mejl.")
    drain()
    again = visit().sign_in_as("candidate").open("/journey")
    expect(again.locator("#corrections")).to_contain_text("Vi har flyttat den en vecka.")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("role", ["alumna", "administrator"])
def test_the_pages_behind_links_are_sound(visit, role, language):
    window = visit(viewport={"width": 320, "height": 640}).sign_in_as(role)
    speak(window.page, language)
    found = [faults(window.open(path), language) for path in WAYS[role](window)]
    assert not any(found), found


def own_pages(window):
    """The addresses of an entry, a memory, its removal and a wish, which only links tell."""
    page = window.open("/journey?show=memories")
    memory = link(page, "/journey/entries/")
    page = window.open(memory)
    change = link(page, "/journey/memories/")
    page = window.open("/journey?show=events")
    entry = link(page, "/journey/entries/")
    number = entry.rsplit("/", 1)[1]
    return memory, change, f"{change}/removal", entry, f"/journey/corrections/new?entry={number}"


def office_pages(window):
    """The addresses of wishes and of a person's journey, which only links tell."""
    found = []
    for path in ("/journey/corrections", "/journey/corrections?state=answered"):
        found.append(link(window.open(path), "/journey/corrections/", ".item-title "))
    return *found, link(window.open(found[-1]), "/journey/of/")


def link(page, begins, within=""):
    return page.locator(f"main {within}a[href^='{begins}']").first.get_attribute("href")


WAYS = {"alumna": own_pages, "administrator": office_pages}
