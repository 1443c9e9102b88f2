"""Static files: named by their content, kept for a year, compressed ahead."""

import base64
import gzip
import hashlib
import re

import pytest

from portal.config import folder
from portal.web.assets import HTMX_FILE, HTMX_INTEGRITY
from tests.support.databases import portal_on


def named(browser, ending):
    """Return the address of a file, as a page names it."""
    found = re.search(rf'"(/static/[^"]+\.{ending})["#]', browser.get("/about").text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("css", "text/css; charset=utf-8"),
        ("js", "text/javascript; charset=utf-8"),
        ("svg", "image/svg+xml"),
    ],
)
def test_files_are_kept_for_a_year(browser, ending, kind):
    answer = browser.client.get(named(browser, ending))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_the_name_holds_the_digest_of_the_content(browser):
    path = named(browser, "css")
    body = browser.client.get(path).data
    assert hashlib.sha256(body).hexdigest()[:12] == path.split(".")[-2]
    assert body == (folder("static") / "portal.css").read_bytes()


def test_files_are_sent_compressed(browser):
    path = named(browser, "css")
    plain = browser.client.get(path)
    packed = browser.client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    assert gzip.decompress(packed.data) == plain.data


def test_an_unchanged_file_is_not_sent_again(browser):
    path = named(browser, "css")
    etag = browser.client.get(path).headers["ETag"]
    again = browser.client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == etag
    assert browser.client.get(path, headers={"If-None-Match": '"x"'}).status_code == 200


def test_a_head_of_a_file_has_its_length_and_no_body(browser):
    path = named(browser, "css")
    answer = browser.client.head(path)
    assert (answer.status_code, answer.data) == (200, b"")
    assert int(answer.headers["Content-Length"]) == len(browser.client.get(path).data)


@pytest.mark.parametrize(
    "path",
    [
        "/static/portal.css",
        "/static/portal.000000000000.css",
        "/static/",
        "/static/../pyproject.toml",
        "/static/%2e%2e/wsgi.py",
        "/static//etc/passwd",
    ],
)
def test_other_names_are_a_404(browser, path):
    assert browser.get(path).status_code == 404


def test_the_seal_on_htmx_is_that_of_our_copy(browser):
    body = (folder("static") / HTMX_FILE).read_bytes()
    seal = "sha384-" + base64.b64encode(hashlib.sha384(body).digest()).decode()
    assert seal == HTMX_INTEGRITY
    page = browser.get("/about").text
    assert f'integrity="{seal}" crossorigin="anonymous"' in page
    assert "https://cdn.jsdelivr.net/npm/htmx.org@4.0.1/dist/htmx.min.js" in page
    [local] = re.findall(r'data-htmx="([^"]+)"', page)
    assert browser.client.get(local).data == body


def test_the_accent_of_the_installation_stands_in_the_style_sheet(database, portal):
    client = portal_on(database.url, PORTAL_ACCENT="#7a1f5c").test_client()
    [path] = re.findall(r'href="(/static/portal\.[^"]+\.css)"', client.get("/about").text)
    css = client.get(path).text
    assert "--accent-light: #7a1f5c;" in css
    assert "--accent-dark: #1f5d4c" not in css
