"""htmx comes from the CDN under SRI; when that fails, our own copy steps in."""

import base64
import hashlib

import pytest
from playwright.sync_api import expect

from portal.web.assets import HTMX_INTEGRITY
from tests.browser.conftest import HTMX


def test_the_hash_is_that_of_the_vendored_file():
    digest = base64.b64encode(hashlib.sha384(HTMX.read_bytes()).digest()).decode()
    assert f"sha384-{digest}" == HTMX_INTEGRITY


@pytest.mark.parametrize("cdn", ["works", "blocked", "changed"])
def test_results_update_while_typing_wherever_htmx_came_from(visit, cdn):
    visitor = visit(cdn=cdn)
    page = visitor.open("/openings")
    page.wait_for_function("window.htmx")
    page.evaluate("window.stays = true")
    page.locator("#q").press_sequentially("systemutvecklare", delay=20)
    expect(page.locator("#results .item-title").first).to_contain_text("ystemutvecklare")
    expect(page.locator("#hits")).to_contain_text("annons")
    assert "q=systemutvecklare" in page.url
    assert page.evaluate("window.stays"), "the page was not loaded anew"
    assert page.evaluate("document.activeElement.id") == "q"


def test_ticking_a_county_offers_its_municipalities(visit):
    page = visit().open("/openings")
    page.get_by_text("Län och kommun", exact=True).click()
    page.get_by_label("Stockholms län").check()
    expect(page.locator("#municipalities")).to_contain_text("Stockholm")
    expect(page.locator("#results .chip")).to_contain_text("Stockholms län")
    assert page.url.endswith("/openings?county=01")


def test_back_restores_filter_and_list(visit):
    page = visit().open("/openings?q=utvecklare")
    before = page.locator("#results .item-title").all_inner_texts()
    page.locator("#results .item-title a").first.click()
    page.wait_for_url("**/openings/*")
    page.go_back()
    assert page.locator("#results .item-title").all_inner_texts() == before
    assert page.locator("#q").input_value() == "utvecklare"


def test_a_lost_connection_is_told_and_the_list_stays(visit):
    visitor = visit()
    page = visitor.open("/openings")
    page.wait_for_function("window.htmx")
    before = page.locator("#results .item-title").count()
    visitor.context.set_offline(True)
    page.locator("#q").fill("x")
    expect(page.locator("#flash .notice--error")).to_be_visible()
    assert page.locator("#results .item-title").count() == before
    visitor.faults.clear()


@pytest.mark.parametrize(
    ("role", "path", "act"),
    [
        ("alumna", "/openings/data-engineer-lund", "#saved button"),
        ("alumna", "/networks/bygg-och-anlaggning", "button:has-text('Tysta')"),
        ("alumna", "/networks/kod-och-system", "#membership button"),
        ("alumna", "/notices", ".item-actions button"),
        ("coordinator", "/notices", "#notices > form button"),
        ("coordinator", "/today", "button:has-text('Släpp in')"),
    ],
)
def test_focus_stays_where_the_reader_acted(visit, role, path, act):
    page = visit().sign_in_as(role).open(path)
    page.wait_for_function("window.htmx")
    button = page.locator(act).first
    place = button.evaluate("one => one.closest('[hx-post]').getAttribute('hx-target')")
    button.focus()
    pressed = button.element_handle()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "([pressed, place]) => !pressed.isConnected"
        " && document.querySelector(place).contains(document.activeElement)",
        arg=[pressed, place],
    )


def test_who_asks_for_more_goes_on_where_it_begins(visit):
    page = visit().sign_in_as("alumna").open("/journey")
    page.wait_for_function("window.htmx")
    pressed = page.locator("#more a")
    told = page.locator("#story .timeline > li").count()
    pressed.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "told => document.querySelectorAll('#story .timeline > li')[told]"
        "?.closest('.chapter').contains(document.activeElement)",
        arg=told,
    )
