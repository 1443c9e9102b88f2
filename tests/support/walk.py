"""Walks every route as every role, plainly and with htmx, and puts rows back as they were."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import product
from typing import Any

from flask import Flask
from sqlalchemy import Table, and_, delete, event, insert, select, update
from werkzeug.routing import Rule
from werkzeug.test import Client, TestResponse

from portal.kernel.db import db, intend_to_write
from tests.support import world
from tests.support.browser import HTMX, Browser, without_token
from tests.support.make import Make

VARIABLE = re.compile(r"^<(?:[^:>]+:)?\w+>")
ROLES = ("visitor", *world.ROLES)
MODES = ("plain", "htmx")
MAY_CHANGE = ("user_session", "tally")  # the last sign-in, and tries that are counted
WRITING = re.compile(r"\s*(?:(?:INSERT INTO|UPDATE) \"?(?P<table>\w+)|DELETE|WITH)")
Row = dict[str, Any]
# For each table its rows by their keys.
Dump = dict[str, dict[tuple[Any, ...], Row]]


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
    values = world.VALUES[before]
    if segment.startswith("<int:"):
        values = tuple(value for value in values if value.isdigit())
    values = values if first else values[:1]
    return tuple(value + ending for value in values)


def _is_route(app: Flask, path: str) -> bool:
    return path.split("?", maxsplit=1)[0] in {rule.rule for rule in app.url_map.iter_rules()}


class Walk:
    """The world, its roles' browsers, and its rows as they were at the start."""

    def __init__(self, app: Flask, language: str = "sv") -> None:
        self.app, self.language = app, language
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
        self.written: set[str] = set()
        self.before = self.dump(db.metadata.tables.keys())

    def ask(self, role: str, way: Way, mode: str = "plain", /, **form: str) -> TestResponse:
        """Send one request as `role`; a form goes with the role's own token."""
        visitor = self.visitors[role]
        headers = {"Cookie": visitor.cookie} | (HTMX if mode == "htmx" else {})
        data = {"csrf_token": visitor.token} | form if way.method == "POST" else None
        client = Client(self.app, TestResponse, use_cookies=False)
        event.listen(self.engine, "before_cursor_execute", self._note)
        try:
            return client.open(way.path, method=way.method, headers=headers, data=data)
        finally:
            event.remove(self.engine, "before_cursor_execute", self._note)

    def impersonal(self, role: str, text: str) -> str:
        """Return a page without its token and its reader's name: so two roles' pages may be one."""
        visitor = self.visitors[role]
        text = without_token(text)
        return text.replace(visitor.name, "") if visitor.name else text

    def dump(self, names: Collection[str]) -> Dump:
        """Return every row of these tables."""
        with self.app.app_context(), db.engine.connect() as connection:
            return {
                table.name: {
                    tuple(row[key.name] for key in table.primary_key): dict(row)
                    for row in connection.execute(select(table)).mappings()
                }
                for table in db.metadata.sorted_tables
                if table.name in names
            }

    def changed(self) -> list[str]:
        """Return the names of the tables whose rows are no longer as they were, and put them back."""
        if not self.written:
            return []
        now = self.dump(self.written)
        self.written.clear()
        found = [name for name, rows in now.items() if rows != self.before[name]]
        if found:
            self._put_back(now)
        return [name for name in found if name not in MAY_CHANGE]

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        """Note which table is written to; what is deleted may take rows of any other along."""
        if met := WRITING.match(statement):
            self.written |= {met["table"]} if met["table"] else self.before.keys()

    def _put_back(self, now: Dump) -> None:
        tables = [table for table in db.metadata.sorted_tables if table.name in now]
        with self.app.app_context():
            intend_to_write(True)
            with db.engine.begin() as connection:
                for table in reversed(tables):
                    for row in _only_in(now, self.before, table):
                        connection.execute(delete(table).where(_is(table, row)))
                for table in tables:
                    if rows := _only_in(self.before, now, table):
                        connection.execute(insert(table), rows)
                    for row in _otherwise(self.before, now, table):
                        connection.execute(update(table).where(_is(table, row)).values(row))
            intend_to_write(False)


def _only_in(one: Dump, other: Dump, table: Table) -> list[Row]:
    """Return the rows whose key only one of the two has."""
    keys = one[table.name].keys() - other[table.name].keys()
    return [one[table.name][key] for key in keys]


def _otherwise(one: Dump, other: Dump, table: Table) -> list[Row]:
    """Return the rows that both have and that say something else in the other."""
    rows, others = one[table.name], other[table.name]
    return [row for key, row in rows.items() if key in others and others[key] != row]


def _is(table: Table, row: Row) -> Any:
    return and_(*(key == row[key.name] for key in table.primary_key))


def _ready(browser: Browser, language: str, name: str) -> Visitor:
    """Let a browser choose its language and keep what it will send."""
    browser.get("/about")
    if language != "sv":
        browser.post("/language", {"lang": language, "next": "/about"})
        browser.token = ""
        browser.get("/about")
    cookies = browser.client._cookies or {}
    return Visitor("; ".join(c._to_request_header() for c in cookies.values()), browser.token, name)
