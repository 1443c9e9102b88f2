"""What every answer carries: the content policy, safe cookies, compression, cache rules."""

import gzip

import pytest

from tests.support.browser import Browser
from tests.support.databases import portal_on

CDN_POLICY = (
    "default-src 'none'; script-src 'self' https://cdn.jsdelivr.net/npm/htmx.org@4.0.1/; "
    "style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
LOCAL_POLICY = CDN_POLICY.replace(" https://cdn.jsdelivr.net/npm/htmx.org@4.0.1/", "")
HTTPS = {"base_url": "https://natverk.example.com"}
PAGES = ["/about", "/sign-in", "/nothing", "/robots.txt", "/account"]


@pytest.mark.parametrize("path", PAGES)
def test_the_content_policy_is_exact(browser, path):
    assert browser.get(path).headers["Content-Security-Policy"] == CDN_POLICY


@pytest.mark.parametrize("path", PAGES)
def test_without_the_cdn_the_policy_and_the_page_name_nobody_else(database, portal, path):
    answer = portal_on(database.url, PORTAL_HTMX="local").test_client().get(path)
    assert answer.headers["Content-Security-Policy"] == LOCAL_POLICY
    assert "jsdelivr" not in answer.text
    assert "integrity" not in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_pages_hold_nothing_inline(browser, path):
    text = browser.get(path).text
    for inline in ("<style", " style=", " onclick", " onload", "hx-on", "javascript:", "hx-boost"):
        assert inline not in text
    assert text.count("<script") == text.count("<script src=")


@pytest.mark.parametrize("path", PAGES)
def test_answers_are_not_framed_sniffed_or_shared(browser, path):
    headers = browser.get(path).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_pages_are_not_kept_by_caches(personas):
    headers = personas.browser(personas.alice).get("/account").headers
    assert headers["Cache-Control"] == "private, no-store"
    assert {"Cookie", "HX-Request", "HX-Request-Type"} <= set(headers["Vary"].split(", "))


def test_hsts_is_sent_when_it_is_asked_for(database, portal):
    answer = portal_on(database.url, PORTAL_HSTS="1").test_client().get("/about")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_over_https_cookies_are_bound_to_the_host(database, portal):
    app = portal_on(database.url, PORTAL_BASE_URL="https://natverk.example.com")
    browser = Browser(app)
    answer = browser.get("/sign-in", **HTTPS)
    [header] = answer.headers.getlist("Set-Cookie")
    assert header.startswith("__Host-session=")
    for flag in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert flag in header
    assert "Domain" not in header
    [header] = [
        one
        for one in browser.post("/language", {"lang": "en"}, **HTTPS).headers.getlist("Set-Cookie")
        if one.startswith("lang=")
    ]
    assert "Secure" in header
    assert "HttpOnly" in header


def test_over_plain_http_the_cookie_is_still_kept_from_scripts(browser):
    [header] = browser.get("/sign-in").headers.getlist("Set-Cookie")
    assert header.startswith("session=")
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header


def test_pages_are_compressed_for_those_who_ask(browser):
    plain = browser.get("/about")
    packed = browser.client.get("/about", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert b"<h1>" in gzip.decompress(packed.data)
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_the_compressed_length_of_the_same_page_varies(browser):
    lengths = {
        len(browser.client.get("/about", headers={"Accept-Encoding": "gzip"}).data)
        for _time in range(20)
    }
    assert len(lengths) > 3


def test_small_answers_are_not_compressed(browser):
    answer = browser.client.get("/healthz", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


def test_a_head_has_the_headers_and_no_body(browser):
    answer = browser.client.head("/about")
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Security-Policy"] == CDN_POLICY
