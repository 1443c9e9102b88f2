"""The door in a browser: the effect is said while one chooses, by keyboard alone, nothing is saved."""

from portal.kernel.db import session
from portal.people.models import Door


def doors():
    session().rollback()
    return session().query(Door).count()


def test_the_effect_follows_the_choice_by_keyboard(visit, world):
    window = visit().sign_in_as("customer")
    before, page = doors(), window.open("/journey/door")
    page.locator("input[name=position]:checked").focus()
    page.keyboard.press("ArrowDown")
    page.locator("#effect", has_text="samordnare").wait_for()
    page.keyboard.press("ArrowUp")
    page.locator("#effect", has_text="Ingen kan se detta.").wait_for()
    assert doors() == before


def test_a_topic_is_suggested_and_one_is_typed_with_enter(visit, world):
    window = visit().sign_in_as("customer")
    before, page = doors(), window.open("/journey/door")
    page.locator("#topic").press_sequentially("svetst")
    page.locator("#topic-suggestions button", has_text="Svetsteknik").click()
    page.wait_for_selector("input[name=topics][value=Svetsteknik]:checked")
    page.locator("#topic:focus").wait_for()
    page.keyboard.type("Timmerhus")
    page.keyboard.press("Enter")
    page.wait_for_selector("input[name=topics][value=Timmerhus]:checked")
    page.locator("#domain").fill("ingen domän")
    page.keyboard.press("Enter")
    page.wait_for_selector("#domain-error")
    assert page.locator("#domain").input_value() == "ingen domän"
    assert page.locator("input[name=topics]:checked").count() == 2
    assert doors() == before


def test_without_javascript_it_is_shown_and_saved(visit, world):
    window = visit(javascript=False).sign_in_as("customer")
    before, page = doors(), window.open("/journey/door")
    page.locator("input[name=position][value=ajar]").check()
    page.get_by_role("button", name="Visa vem som skulle se den").click()
    assert "kan se detta" in page.locator("#effect").inner_text()
    assert page.locator("input[name=position][value=ajar]").is_checked()
    assert doors() == before
    page.get_by_role("button", name="Spara").click()
    assert "Din dörr står som du har valt." in page.content()
    assert doors() == before + 1
