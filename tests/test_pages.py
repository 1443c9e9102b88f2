"""The lint of pages and fragments finds each fault; tests/test_routes.py lays it on all there are."""

import pytest

from tests.support.html_lint import Lint

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
