"""Whatever goes wrong is told kindly: a page, or a line for htmx, in both languages."""

from collections.abc import Iterator

import pytest
from flask import Flask, Response, abort
from sqlalchemy.exc import OperationalError

from portal.kernel.db import db
from portal.web.errors import WORDS
from portal.web.security import policy
from tests.support.browser import HTMX, Browser
from tests.support.databases import Database, portal_on

CODES = [400, 401, 403, 404, 405, 413, 422, 429, 500, 503]
TITLES = {
    "sv": {404: "Här finns ingen sida", 500: "Något gick sönder hos oss"},
    "en": {404: "There is no page here", 500: "Something broke on our side"},
}


@pytest.fixture(scope="module")
def broken_portal(database: Database) -> Flask:
    """A portal with a page for each thing that can go wrong."""
    app = portal_on(database.url)

    @app.get("/broken/<int:code>")
    def broken(code: int) -> Response:
        if code == 500:
            raise ZeroDivisionError("a secret <script> detail")
        if code == 503:
            raise OperationalError("SELECT a secret", {}, Exception("detail"))
        abort(code)

    return app


@pytest.fixture
def breaking(broken_portal: Flask, portal: Flask) -> Iterator[Flask]:
    """The same, in its context."""
    with broken_portal.app_context():
        yield broken_portal
        db.session.remove()
        db.engine.dispose()


def ask(app: Flask, path: str, **headers: str) -> Response:
    return app.test_client().get(path, headers=headers)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("code", CODES)
def test_each_error_has_its_page(breaking, code, lang):
    answer = ask(breaking, f"/broken/{code}", **{"Accept-Language": lang})
    assert answer.status_code == code
    assert answer.text.count("<h1>") == 1
    assert f'<html lang="{lang}">' in answer.text
    assert 'href="/"' in answer.text
    assert "secret" not in answer.text
    assert ("Fel" if lang == "sv" else "Error") + f" {code}" in answer.text
    assert TITLES[lang].get(code, "") in answer.text


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("code", CODES)
def test_each_error_has_its_line_for_htmx(breaking, code, lang):
    answer = ask(breaking, f"/broken/{code}", **HTMX, **{"Accept-Language": lang})
    assert answer.status_code == code
    assert answer.headers["HX-Retarget"] == "#flash"
    assert answer.headers["HX-Reswap"] == "innerHTML"
    assert 'role="alert"' in answer.text
    assert "<html" not in answer.text
    assert "secret" not in answer.text
    assert TITLES[lang].get(code, "") in answer.text


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("code", CODES)
def test_errors_carry_every_safety_header(breaking, code, headers):
    answer = ask(breaking, f"/broken/{code}", **headers)
    assert answer.headers["Content-Security-Policy"] == policy("cdn")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "HX-Request" in answer.headers["Vary"]


def test_every_error_has_words_in_both_languages():
    assert set(CODES) <= set(WORDS)


@pytest.mark.parametrize("htmx", [False, True])
def test_a_wrong_method_says_which_are_right(browser, htmx):
    browser.get("/about")
    answer = browser.post("/about", htmx=htmx)
    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= set(answer.headers["Allow"].replace(" ", "").split(","))


@pytest.mark.parametrize(
    "path",
    ["/about%00", "/%00", "/about?x=%00", "/sign-in?next=%00", "/sign-in/link/a%00/b", "/\x00"],
)
def test_a_nul_in_the_address_is_a_bad_request(browser, path):
    assert browser.get(path).status_code == 400
    assert browser.get(path, htmx=True).status_code == 400


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/sign-in", {"email": "a\x00b@example.com", "next": "/\x00"}),
        ("/sign-up", {"name": "St\x00ina", "email": "stina@example.com"}),
        ("/sign-in/password", {"email": "a@example.com", "password": "a\x00b"}),
        ("/language", {"lang": "sv\x00"}),
        ("/language", {"lang": "sv", "next": "/a\x00b"}),
        ("/demo/sign-in", {"role": "\x00"}),
    ],
)
def test_a_nul_in_a_form_breaks_nothing(browser, path, form):
    assert browser.post(path, form).status_code < 500


@pytest.mark.parametrize(
    "path",
    ["/%ff%fe", "/sign-in?next=%ff", "/%F0%9F%90%A2", "/" + "a" * 8000, "/?" + "a=b&" * 1000],
)
def test_odd_addresses_break_nothing(browser, path):
    assert browser.get(path).status_code < 500


def parts(*sizes: int) -> bytes:
    """Write a multipart body with a field of each size."""
    fields = [
        b'--x\r\nContent-Disposition: form-data; name="f%d"\r\n\r\n%s\r\n' % (n, b"x" * size)
        for n, size in enumerate(sizes)
    ]
    return b"".join(fields) + b"--x--\r\n"


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("path", ["/sign-in", "/language", "/nothing"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data; boundary=x", parts(11_000_000)),
        ("multipart/form-data; boundary=x", parts(*[1] * 1_100)),
        ("multipart/form-data; boundary=x", parts(13_000_000)),
        ("application/x-www-form-urlencoded", b"email=" + b"x" * 11_000_000),
        ("application/x-www-form-urlencoded", b"email=" + b"x" * 13_000_000),
    ],
    ids=["field of 11 MB", "1100 fields", "13 MB", "plain field of 11 MB", "plain 13 MB"],
)
def test_too_much_at_once_is_refused(browser, path, kind, body, headers):
    answer = browser.client.post(path, data=body, content_type=kind, headers=headers)
    assert answer.status_code == 413 or (path == "/nothing" and answer.status_code == 404)
    if answer.status_code == 413:
        assert "för mycket" in answer.text
        assert len(answer.data) < 10_000


def test_a_text_of_reasonable_length_is_taken(browser):
    assert browser.post("/sign-in", {"email": "x" * 64_000}).status_code == 422


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    "url",
    ["sqlite:////nonexistent/folder/portal.db", "postgresql://nobody@127.0.0.1:9/nothing"],
)
def test_without_a_database_the_portal_still_answers(portal, personas, url, headers):
    held = personas.browser(personas.alice)
    gone = portal_on(url)
    for cookie in (None, held.client.get_cookie("session")):
        client = gone.test_client()
        if cookie:
            client.set_cookie("session", cookie.value)
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503
        for answer in (
            client.get("/account" if cookie else "/sign-in/link/a/b", headers=headers),
            client.post("/sign-in/password", data={"email": "a@b.se"}, headers=headers),
        ):
            assert answer.status_code in ((503,) if cookie else (200, 503))
            assert answer.headers["Content-Security-Policy"] == policy("cdn")
            if answer.status_code == 503:
                assert answer.mimetype == "text/html"
                assert "Vi är inte riktigt på plats" in answer.text
                assert (answer.headers.get("HX-Retarget") == "#flash") is bool(headers)


def test_the_log_says_where_it_broke_but_not_by_which_link(database, portal, caplog):
    gone = portal_on("sqlite:////nonexistent/folder/portal.db").test_client()
    assert gone.get("/mail/lists/t0p-secret").status_code == 503
    assert "GET /mail/lists/<token>: 503" in caplog.messages
    assert "t0p-secret" not in caplog.text


def test_a_host_we_do_not_know_is_refused(database, portal):
    app = portal_on(database.url, PORTAL_TRUSTED_HOSTS="natverk.example.com, localhost")
    client = app.test_client()
    assert client.get("/about").status_code == 200
    assert client.get("/about", base_url="http://natverk.example.com").status_code == 200
    for host in ("evil.example", "natverk.example.com.evil.example", "localhost@evil.example"):
        answer = client.get("/about", headers={"Host": host})
        assert answer.status_code == 400
        assert answer.headers["Content-Security-Policy"] == policy("cdn")
        assert "evil.example" not in answer.text


def test_an_unknown_address_is_the_same_for_everyone(browser, personas):
    assert browser.get("/nothing/here").status_code == 404
    assert personas.browser(personas.kim).get("/nothing/here").status_code == 404


def test_browser_reads_no_error_as_success(browser: Browser):
    assert browser.get("/about/").status_code == 404
