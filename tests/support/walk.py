"""Walks every route as every role, plainly and with htmx, and puts rows back as they were."""

import re
from dataclasses import dataclass
from itertools import product
from typing import Any

from flask import Flask
from sqlalchemy import Table, delete, event, insert, select
from werkzeug.routing import Rule
from werkzeug.test import Client, TestResponse

from portal.kernel.db import db, intend_to_write
from tests.support import world
from tests.support.browser import HTMX, Browser
from tests.support.make import Make

VARIABLE = re.compile(r"^<(?:[^:>]+:)?\w+>")
ROLES = ("visitor", *world.ROLES)
MODES = ("plain", "htmx")
MAY_CHANGE = ("user_session", "tally")  # the last sign-in, and tries that are counted
Dump = dict[str, list[tuple[Any, ...]]]


class NoValue(LookupError):
    """A route has a variable for which tests/support/world.py has no value."""


@dataclass(frozen=True)
class Way:
    """A method and a real path of one rule."""

    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Visitor:
    """What a role's browser sends with every request, and whose it is."""

    cookie: str
    token: str
    name: str


def ways(app: Flask, method: str) -> list[Way]:
    """Return every path that takes `method`, with the values of the world filled in."""
    rules = sorted((r for r in app.url_map.iter_rules() if method in (r.methods or ())), key=str)
    found = [Way(method, path) for rule in rules for path in paths_of(rule)]
    if method == "GET":
        found += [Way("GET", path) for path in world.QUERIES if _is_route(app, path)]
    return found


def paths_of(rule: Rule) -> list[str]:
    """Fill a rule's variables: all values of the first, the first value of those that follow."""
    choices: list[tuple[str, ...]] = []
    before, met = "", False
    for segment in rule.rule.split("/")[1:]:
        if VARIABLE.match(segment):
            choices.append(_values(rule, before, segment, first=not met))
            met = True
        else:
            choices.append((segment,))
            before = segment
    return ["/" + "/".join(parts) for parts in product(*choices)]


def _values(rule: Rule, before: str, segment: str, *, first: bool) -> tuple[str, ...]:
    ending = segment[segment.index(">") + 1 :]
    if not first and before in world.SECOND:
        return (world.SECOND[before] + ending,)
    if before not in world.VALUES:
        raise NoValue(f"{rule.rule}: add a value for /{before}/… to tests/support/world.py")
    values = world.VALUES[before] if first else world.VALUES[before][:1]
    return tuple(value + ending for value in values)


def _is_route(app: Flask, path: str) -> bool:
    return path.split("?", maxsplit=1)[0] in {rule.rule for rule in app.url_map.iter_rules()}


class Walk:
    """The world, its roles' browsers, and its rows as they were at the start."""

    def __init__(self, app: Flask, language: str = "sv") -> None:
        self.app = app
        with app.app_context():
            people = world.build(Make())
            browsers = {
                role: Browser(app).sign_in(person, language) for role, person in people.items()
            }
            world.name_session(people["administrator"], "s-admin")
            browsers = {"visitor": Browser(app)} | browsers
            names = {role: person.name for role, person in people.items()}
            self.visitors = {
                role: _ready(one, language, names.get(role, "")) for role, one in browsers.items()
            }
            db.session.remove()
            self.engine = db.engine
        self.committed = False
        self.before = self.dump()

    def ask(self, role: str, way: Way, mode: str = "plain", /, **form: str) -> TestResponse:
        """Send one request as `role`; a form goes with the role's own token."""
        visitor = self.visitors[role]
        headers = {"Cookie": visitor.cookie} | (HTMX if mode == "htmx" else {})
        data = {"csrf_token": visitor.token} | form if way.method == "POST" else None
        client = Client(self.app, TestResponse, use_cookies=False)
        event.listen(self.engine, "commit", self._note_commit)
        try:
            return client.open(way.path, method=way.method, headers=headers, data=data)
        finally:
            event.remove(self.engine, "commit", self._note_commit)

    def impersonal(self, role: str, text: str) -> str:
        """Return a page without its token and its reader's name: so two roles' pages may be one."""
        visitor = self.visitors[role]
        text = text.replace(visitor.token, "")
        return text.replace(visitor.name, "") if visitor.name else text

    def dump(self) -> Dump:
        """Return every row of every table."""
        with self.app.app_context(), db.engine.connect() as connection:
            return {
                table.name: [tuple(row) for row in connection.execute(_all_of(table))]
                for table in db.metadata.sorted_tables
            }

    def changed(self) -> list[str]:
        """Return the names of the tables whose rows are no longer as they were, and put them back."""
        if not self.committed:
            return []
        self.committed, now = False, self.dump()
        found = [name for name, rows in self.before.items() if rows != now[name]]
        if found:
            self._put_back()
        return [name for name in found if name not in MAY_CHANGE]

    def _note_commit(self, _connection: object) -> None:
        self.committed = True

    def _put_back(self) -> None:
        tables = db.metadata.sorted_tables
        with self.app.app_context():
            intend_to_write(True)
            with db.engine.begin() as connection:
                for table in reversed(tables):
                    connection.execute(delete(table))
                for table in tables:
                    names = [column.name for column in table.columns]
                    rows = [dict(zip(names, row, strict=True)) for row in self.before[table.name]]
                    if rows:
                        connection.execute(insert(table), rows)
            intend_to_write(False)


def _ready(browser: Browser, language: str, name: str) -> Visitor:
    """Let a browser choose its language and keep what it will send."""
    browser.get("/about")
    if language != "sv":
        browser.post("/language", {"lang": language, "next": "/about"})
        browser.token = ""
        browser.get("/about")
    cookies = browser.client._cookies or {}
    return Visitor("; ".join(c._to_request_header() for c in cookies.values()), browser.token, name)


def _all_of(table: Table) -> Any:
    return select(table).order_by(*table.primary_key.columns)
