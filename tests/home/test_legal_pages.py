"""The pages that tell what this is and what is promised, in both languages."""

import pytest

from tests.support.databases import portal_on

PAGES = ["/about", "/privacy", "/accessibility", "/terms"]


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_there_in_both_languages(browser, path, count_queries):
    texts = []
    for language in ("sv", "en"):
        with count_queries() as count:
            answer = browser.get(path, headers={"Accept-Language": language})
        assert answer.status_code == 200
        assert answer.text.count("<h1>") == 1
        assert count.total == 0
        texts.append(answer.text)
    assert texts[0] != texts[1]


@pytest.mark.parametrize("path", PAGES)
def test_the_footer_leads_there_from_every_page(browser, path):
    assert f'<a href="{path}">' in browser.get("/sign-in").text


def test_the_privacy_page_names_the_cdn_only_when_it_is_used(browser, database, portal):
    assert "cdn.jsdelivr.net" in browser.get("/privacy").text.split("<main")[1]
    local = portal_on(database.url, PORTAL_HTMX="local").test_client().get("/privacy")
    assert "jsdelivr" not in local.text


def test_the_contact_is_the_configured_one(database, portal):
    client = portal_on(database.url, PORTAL_MAIL_FROM="hej@example.com").test_client()
    for path in ("/privacy", "/accessibility", "/terms"):
        assert 'href="mailto:hej@example.com"' in client.get(path).text
