"""Every page and fragment that anybody can reach is well made, in Swedish and in English."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from portal.kernel import clock
from portal.kernel.text import LANGUAGES, catalogue
from tests.conftest import NOW
from tests.support import walk
from tests.support.databases import Database, open_sqlite
from tests.support.html_lint import Lint
from tests.support.walk import ROLES, Walk

SENDERS = ("visitor", "candidate", "member", "coordinator", "administrator")
GOOD = """<!doctype html><html lang="sv"><head><title>Sida</title></head><body>
<main><h1>Sida</h1><h2>Del</h2><p><a href="/about">Om</a></p>
<form method="post" action="/language"><input type="hidden" name="csrf_token" value="x">
<label for="q">Sök</label><input id="q" name="q"><button>Sök</button></form></main></body></html>"""

FAULTS = {
    "two h1": ("<h2>Del</h2>", "<h1>Del</h1>"),
    "skipped heading": ("<h2>Del</h2>", "<h4>Del</h4>"),
    "same id": ("<h2>Del</h2>", '<h2 id="q">Del</h2>'),
    "no label": ('<label for="q">Sök</label>', ""),
    "label of nothing": ('<label for="q">', '<label for="r">'),
    "no title": ("<title>Sida</title>", "<title></title>"),
    "wrong lang": ('lang="sv"', 'lang="en"'),
    "empty link": (">Om</a>", "></a>"),
    "empty button": ("<button>Sök</button>", "<button></button>"),
    "no action": (' action="/language"', ""),
    "no method": (' method="post"', ""),
    "no token": ('name="csrf_token"', 'name="other"'),
    "no button": ("<button>Sök</button>", ""),
    "dead link": ("/about", "/nowhere"),
    "wrong method": ('action="/language"', 'action="/about"'),
    "relative link": ("/about", "about"),
    "dead hx-get": ('href="/about"', 'href="/about" hx-get="/nowhere"'),
    "hx-get alone": ("<p>", '<p hx-get="/about">'),
    "missing target": ('href="/about"', 'href="/about" hx-get="/about" hx-target="#gone"'),
    "inline script": ("<h2>", "<script>x()</script><h2>"),
    "event": ("<h2>", '<h2 onclick="x()">'),
    "inline style": ("<h2>", '<h2 style="color: red">'),
    "no alt": ("<h2>Del", '<img src="/about"><h2>Del'),
    "naked svg": ("<h2>Del", "<svg></svg><h2>Del"),
    "list in paragraph": ("<p><a", "<p><ul></ul><a"),
    "unclosed": ("</h2>", ""),
    "English": ("Om</a>", "About</a>"),
    "English label": ('name="q"', 'name="q" placeholder="Search"'),
}


@pytest.fixture(scope="module")
def small_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database of our own: markup does not hang on which kind it is."""
    opened = open_sqlite(tmp_path_factory.mktemp("pages") / "portal.db")
    yield opened
    opened.drop()


def lint_of(app: Flask, language: str) -> Lint:
    """Make the lint that knows the portal's routes, its static files and the other language."""
    routes = app.url_map.bind("")
    static: set[str] = set(app.jinja_env.globals["asset"].__self__.files)  # type: ignore[attr-defined]

    @cache
    def resolves(path: str, method: str) -> bool:
        if path.startswith("/static/"):
            return path in static
        try:
            routes.match(path, method)
        except RequestRedirect:
            return True
        except HTTPException:
            return False
        return True

    return Lint(language, resolves, foreign_to(language))


def foreign_to(language: str) -> frozenset[str]:
    """Return the texts that may not be seen in `language`: those that read otherwise in it."""
    swedish = catalogue("sv").texts
    if language == "sv":
        return frozenset(
            english for english, text in swedish.items() if english and text != english
        )
    return frozenset(text for text in swedish.values() if text and text not in swedish)


def is_html(answer: TestResponse) -> bool:
    return answer.mimetype == "text/html" and bool(answer.text.strip())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_and_fragment_is_well_made(small_world: Database, language: str) -> None:
    """GETs as every role; forms sent empty by a few, for the pages that say what is missing."""
    small_world.empty()
    with clock.stopped_at(NOW):
        faults = faults_of_all(small_world.portal, language)
    assert not faults, "\n".join(f"{where}: {fault}" for fault, where in faults.items())


def faults_of_all(app: Flask, language: str) -> dict[str, str]:
    """Return each fault of each page, and where it was seen first."""
    walked, lint, seen = Walk(app, language), lint_of(app, language), set[str]()
    faults: dict[str, str] = {}
    for way in [*walk.ways(app, "GET"), *walk.ways(app, "POST")]:
        for role in ROLES if way.method == "GET" else SENDERS:
            for mode in walk.MODES:
                answer = walked.ask(role, way, mode)
                if way.method == "POST":
                    walked.changed()
                bare = walked.impersonal(role, answer.text) if is_html(answer) else ""
                if not bare or bare in seen:
                    continue
                seen.add(bare)
                for fault in lint_answer(lint, answer.text, mode):
                    faults.setdefault(re.sub(r"^line \d+ ", "", fault), f"{way} as {role}, {mode}")
    return faults


def lint_answer(lint: Lint, markup: str, mode: str) -> list[str]:
    """Lint as a fragment what htmx was given, unless it is a page that has no fragment."""
    whole = mode == "plain" or markup.lstrip().lower().startswith("<!doctype")
    return lint.page(markup) if whole else lint.fragment(markup)


@pytest.mark.parametrize("fault", FAULTS)
def test_the_lint_finds(fault: str) -> None:
    def resolves(path: str, method: str) -> bool:
        return (path, method) in (("/about", "GET"), ("/language", "POST"))

    lint = Lint("sv", resolves, frozenset({"About", "Search"}))
    assert lint.page(GOOD) == []
    before, after = FAULTS[fault]
    assert before in GOOD
    assert lint.page(GOOD.replace(before, after, 1))


def test_the_lint_finds_a_page_in_place_of_a_fragment() -> None:
    lint = Lint("sv", lambda _path, _method: True)
    assert lint.fragment(GOOD)
    assert lint.fragment("<div id='x'><p>Hej</p></div>") == []


def test_another_language_may_be_named_in_its_own_words() -> None:
    lint = Lint("sv", lambda _path, _method: True, frozenset({"English"}))
    assert lint.fragment('<button lang="en">English</button>') == []
    assert lint.fragment("<button>English</button>")
