"""My profile and others' pages, as people use them: by keyboard, with a picture, in every scheme."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_every_page import speak
from tests.support.soundness import faults

PROFILE = "/journey/profile"


def picture():
    """Draw a picture as a phone would send it."""
    written = io.BytesIO()
    Image.new("RGB", (900, 700), "#336699").save(written, "JPEG")
    return {"name": "jag.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", ["Alice Åkerlund", "Mona Lindqvist", "James Okafor"])
def test_a_persons_page_is_sound(visit, language, name):
    locale = {"sv": "sv-SE", "en": "en-GB"}[language]
    window = visit(locale=locale, viewport={"width": 320, "height": 640})
    page = window.sign_in_as("alumna" if name != "James Okafor" else "coordinator").page
    speak(page, language)
    window.open(f"/people?q={name}")
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert faults(page, language) == []


def test_a_skill_is_found_by_keyboard_and_taken_away_again(visit):
    page = visit().sign_in_as("candidate").open(PROFILE)
    field = page.get_by_label("Något du kan")
    field.focus()
    page.keyboard.type("betongg")
    expect(page.locator("#suggestions button")).to_have_count(1)
    expect(page.locator("#suggestion-count")).to_have_text("1 förslag")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    chip = page.locator("#skills .chip", has_text="Betonggjutning")
    expect(chip).to_have_count(1)
    expect(page.locator("#flash")).to_contain_text("Kunskapen är tillagd")
    expect(page.get_by_label("Något du kan")).to_be_focused()
    chip.focus()
    page.keyboard.press("Enter")
    expect(chip).to_have_count(0)
    expect(page.locator("#skills h2")).to_be_focused()


def test_what_can_not_be_taken_is_said_at_its_field_which_keeps_the_focus(visit):
    window = visit()
    page = window.sign_in_as("candidate").open(PROFILE)
    page.locator("#url").fill("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(page.locator("#url-error")).to_contain_text("https://")
    expect(page.locator("#url")).to_be_focused()
    expect(page.locator("#url")).to_have_value("javascript:alert(1)")
    assert faults(page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_photo_is_put_up_and_taken_away(visit, javascript):
    page = visit(javascript=javascript).sign_in_as("administrator").open(PROFILE)
    page.get_by_label("Ett foto på dig").set_input_files(picture())
    page.get_by_role("button", name="Spara fotot").click()
    expect(page.locator("#photo img")).to_be_visible()
    assert "Ditt foto är sparat" in page.content()
    page.get_by_role("button", name="Ta bort fotot").click()
    expect(page.locator("#photo img")).to_have_count(0)
    expect(page.locator("#photo")).to_contain_text("initialer")


def test_who_sees_what_is_chosen_by_keyboard_and_seen_at_once(visit):
    page = visit().sign_in_as("customer").open("/journey/visibility")
    page.locator("#field-headline input:checked").focus()
    for _time in range(2):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("#flash")).to_contain_text("Dina val är sparade")
    window = page.goto(page.url.replace("visibility", "as-others-see-me"))
    assert window.ok
    expect(page.locator("#seen")).to_be_visible()
    viewer = page.get_by_label("Vem som tittar")
    viewer.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#seen-by")).to_contain_text("En medlem i")
    expect(viewer).to_be_focused()
    assert "viewer=near" in page.url


def test_skills_are_suggested_in_the_filter_and_narrow_the_list(visit):
    page = visit().sign_in_as("candidate").open("/people")
    skill = page.get_by_label("Kunskap")
    skill.press_sequentially("projektl", delay=20)
    expect(page.locator("#skills option[value='Projektledning']")).to_have_count(1)
    skill.fill("Projektledning")
    skill.press("Enter")
    expect(page.locator("#people")).to_contain_text("Alice Åkerlund")
    expect(page.locator("#people .person")).not_to_have_count(20)
    assert "skill=projektledning" in page.url
