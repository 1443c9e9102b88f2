"""The lint of pages and fragments, told of the portal's routes, files and texts."""

from functools import cache

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from portal.kernel.text import catalogue
from tests.support.html_lint import Lint


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


def lint_answer(lint: Lint, markup: str, mode: str) -> list[str]:
    """Lint as a fragment what htmx was given, unless it is a page that has no fragment."""
    whole = mode == "plain" or markup.lstrip().lower().startswith("<!doctype")
    return lint.page(markup) if whole else lint.fragment(markup)
