"""An administrator at work in Chromium: every page about one person is sound, and typing suggests."""

import pytest

from tests.browser.test_every_page import speak
from tests.support.soundness import faults

PERSON = "#everyone a[href^='/admin/people/']"


def found(window, name):
    """Return the address of a person's page, as an administrator finds it."""
    page = window.open(f"/admin/people?q={name}")
    return page.locator(PERSON).first.get_attribute("href")


def pages(window):
    """Return the pages about people: one with many relations, one who is suspended, two who are one."""
    elin, rickard, first = (found(window, name) for name in ("elin+h", "rickard", "åsa+bj"))
    window.open("/admin/people?q=åsa+bj")
    second = window.page.locator(PERSON).nth(1).get_attribute("href").rsplit("/", 1)[1]
    ending = window.open(elin).locator("a[href$='/end']").first.get_attribute("href")
    return [
        elin,
        rickard,
        f"{elin}/relations/new",
        f"{elin}/relations/new?kind=customer_contact",
        ending,
        ending.removesuffix("/end"),
        f"{elin}/role",
        f"{elin}/suspension",
        f"{rickard}/suspension",
        f"{first}/merge",
        f"{first}/merge?with={second}",
    ]


@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_page_about_a_person_is_sound(visit, language):
    window = visit(viewport={"width": 320, "height": 640}).sign_in_as("administrator")
    speak(window.page, language)
    wrong = [fault for path in pages(window) for fault in faults(window.open(path), language)]
    assert wrong == []


def test_organisations_are_suggested_and_a_new_one_is_added_with_the_relation(visit):
    window = visit()
    window.sign_in_as("administrator")
    path = found(window, "thanh")
    page = window.open(f"{path}/relations/new?kind=customer_contact")
    page.locator("[name=organisation]").press_sequentially("almlund")
    page.wait_for_selector("#organisation-names option[value='Almlundagruppen']", state="attached")
    page.locator("[name=organisation]").fill("Nya Bolaget i Boden")
    page.locator("#relation-form button[type=submit]").click()
    page.get_by_label("En ny: Nya Bolaget i Boden (Kund)").check()
    page.locator("#relation-form button[type=submit]").click()
    page.wait_for_url(f"{window.address}{path}")
    assert "Kund, Nya Bolaget i Boden" in page.locator("main").inner_text()


def test_without_javascript_a_relation_is_ended_and_a_preview_chosen(visit):
    window = visit(javascript=False)
    window.sign_in_as("administrator")
    path = found(window, "per-olov")
    page = window.open(path)
    page.locator("a[href$='/end']").first.click()
    page.locator("#end-form button[type=submit]").click()
    assert page.url == f"{window.address}{path}"
    assert "har fått sin sista dag" in page.locator("body").inner_text()
    page = window.open(f"{found(window, 'åsa+bj')}/merge")
    page.locator("#same a").first.click()
    page.locator("[name=stays]").nth(1).check()
    page.get_by_role("button", name="Visa vad som händer").click()
    assert "stays=" in page.url
    assert "Det går inte att ångra" in page.locator("main").inner_text()
