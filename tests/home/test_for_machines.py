"""Addresses that machines ask for."""

import pytest
from sqlalchemy import text

from portal.kernel.db import db, intend_to_write


def test_robots_are_told_what_is_not_for_them(browser):
    answer = browser.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert answer.text.startswith("User-agent: *\n")
    for place in ("/account", "/people", "/sign-", "/dev"):
        assert f"Disallow: {place}\n" in answer.text
    assert "Disallow: /openings" not in answer.text


def test_finders_of_weaknesses_are_told_whom_to_write_to(browser):
    lines = dict(
        line.split(": ", 1) for line in browser.get("/.well-known/security.txt").text.splitlines()
    )
    assert lines["Contact"].startswith("mailto:")
    assert lines["Expires"] == "2027-05-22T00:00:00Z"
    assert lines["Canonical"].endswith("/.well-known/security.txt")


def test_password_managers_are_led_to_the_account(browser):
    answer = browser.get("/.well-known/change-password")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_a_short_word_that_nobody_keeps(browser, path):
    answer = browser.get(path)
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_being_alive_asks_nothing_of_the_database(browser, count_queries):
    with count_queries() as count:
        browser.get("/healthz")
    assert count.total == 0


def test_a_database_behind_the_code_is_not_ready(browser):
    def version(number: str) -> str:
        intend_to_write(True)
        with db.engine.begin() as connection:
            before = connection.execute(
                text("SELECT version_num FROM alembic_version")
            ).scalar_one()
            connection.execute(text("UPDATE alembic_version SET version_num = :n"), {"n": number})
        intend_to_write(False)
        return str(before)

    head = version("0000")
    try:
        answer = browser.get("/readyz")
        assert (answer.status_code, answer.text) == (503, "migrate first\n")
    finally:
        version(head)
    assert browser.get("/readyz").status_code == 200
