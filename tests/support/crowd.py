"""A crowd at the door, in a process of its own: each person clicks at the same instant.

Started as `python -m tests.support.crowd`; reads one JSON line with what to do, signs everybody in,
says "ready", waits for a line, lets them all click, and writes a JSON list of [person id, status].
"""

import json
import sys
from datetime import datetime
from typing import Any

from flask import Flask

from portal.kernel import clock
from portal.kernel.db import session
from portal.people.models import Person
from tests.support.at_once import Act, at_once, inside
from tests.support.browser import Browser
from tests.support.databases import portal_on


def click_together(app: Flask, browsers: list[Browser], paths: list[str]) -> list[Any]:
    """Let each browser post to its paths, one after the other, all browsers at once."""

    def clicking(browser: Browser) -> Act[Any]:
        return inside(app, lambda: [browser.post(path, htmx=True) for path in paths])

    return at_once([clicking(browser) for browser in browsers])


def main() -> None:
    """Do what the first line asks."""
    asked = json.loads(sys.stdin.readline())
    app = portal_on(asked["url"])
    with clock.stopped_at(datetime.fromisoformat(asked["now"])), app.app_context():
        people = [session().get_one(Person, number) for number in asked["people"]]
        browsers = [Browser(app).sign_in(person) for person in people]
        for browser in browsers:
            browser.get("/about")
        print("ready", flush=True)  # noqa: T201 - how it speaks to the test
        sys.stdin.readline()
        answers = click_together(app, browsers, asked["paths"])
        codes = [[answer.status_code for answer in row] for row in answers]
        print(json.dumps(list(zip(asked["people"], codes, strict=True))), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
