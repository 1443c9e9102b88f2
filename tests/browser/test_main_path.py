"""The whole main path as people walk it, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal.kernel.db import session
from portal.kernel.mail import Mail


def code_mailed_to(address, drain):
    drain()
    session().rollback()
    query = select(Mail).where(Mail.address == address).order_by(Mail.id.desc())
    return re.search(r"\b\d{6}\b", session().scalars(query).first().text)[0]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_visitor_finds_an_opening_joins_a_network_and_takes_a_place(visit, drain, javascript):
    visitor = visit(javascript=javascript, viewport={"width": 390, "height": 800})
    page = visitor.open("/openings")
    page.locator("#q").fill("systemutvecklare")
    page.locator(".search button").click()
    page.wait_for_url("**/openings?*q=systemutvecklare*")
    page.locator("#results .item-title a").first.click()
    expect(page.locator("h1")).to_contain_text("ystemutvecklare")
    expect(page.get_by_role("link", name="Logga in för att spara")).to_be_visible()
    page.get_by_role("link", name="Gå med, det tar en minut").click()

    address = f"ny-{javascript}@example.com".lower()
    page.get_by_label("Ditt namn").fill("Nya Nilsson")
    page.get_by_label("E-postadress").fill(address)
    page.locator("main form button").first.click()
    page.wait_for_url("**/sign-in/code")
    page.locator("input[name=code]").fill(code_mailed_to(address, drain))
    page.locator("main form button").first.click()
    page.wait_for_url("**/openings/*")
    page.get_by_role("button", name="Spara till senare").click()
    expect(page.get_by_role("button", name=re.compile("Sparad"))).to_be_visible()

    visitor.open("/networks/kod-och-system")
    page.get_by_role("button", name="Gå med").click()
    expect(page.locator(".ahead")).to_contain_text("Du är medlem")

    visitor.open("/events/oppet-hus-vidarebro")
    page.get_by_role("button", name="Anmäl mig").click()
    expect(page.locator("#registration")).to_contain_text("Du har en plats")
    page.get_by_role("button", name="Lämna återbud").click()
    expect(page.get_by_role("button", name="Anmäl mig")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_coordinator_lets_somebody_in_and_they_are_told(visit, drain, javascript):
    mona = visit(javascript=javascript).sign_in_as("coordinator")
    page = mona.open("/today")
    waiting = page.get_by_role("button", name=re.compile("Släpp in"))
    before = waiting.count()
    name = waiting.first.inner_text().removeprefix("Släpp in ")
    waiting.first.click()
    expect(page.get_by_role("button", name=f"Släpp in {name}")).to_have_count(0)
    expect(page.locator("body")).to_contain_text(name)
    mona.open("/today")
    assert waiting.count() == before - 1
    drain()
    session().rollback()
    letters = session().scalars(select(Mail.subject).order_by(Mail.id.desc()).limit(3)).all()
    assert any("Vård & omsorg" in subject for subject in letters), letters


def test_a_refused_form_keeps_what_was_typed_and_moves_focus_to_it(visit):
    page = visit().open("/sign-up")
    page.get_by_label("Ditt namn").fill("Nya Nilsson")
    page.get_by_label("E-postadress").fill("inte en adress")
    page.locator("main form").evaluate("form => form.noValidate = true")
    page.locator("main form button").first.click()
    expect(page.locator(".field-error").first).to_be_visible()
    assert page.get_by_label("Ditt namn").input_value() == "Nya Nilsson"
    assert page.get_by_label("E-postadress").input_value() == "inte en adress"


def test_everything_on_the_way_in_can_be_done_by_keyboard(visit):
    page = visit().open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto(page.url.split("#")[0] + "openings")
    page.locator("#q").focus()
    page.keyboard.type("lärare")
    page.keyboard.press("Enter")
    expect(page.locator("#results .chip").first).to_contain_text("lärare")


def test_the_language_is_chosen_with_one_click_and_kept(visit):
    page = visit().open("/openings?q=C%2B%2B")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("q=C%2B%2B")
    page.goto(page.url.split("?")[0])
    expect(page.locator("h1")).to_have_text("Openings")
