"""A public page that a visitor's browser has already is not written anew: 304 (RFC 9110, 13.1.2)."""

import hashlib
import json
from dataclasses import is_dataclass
from functools import cache
from typing import Any

from flask import Response, current_app, request, session
from sqlalchemy import Row

from portal.config import folder
from portal.kernel import clock
from portal.kernel.text import CATALOGUES, language
from portal.web.dates import local
from portal.web.rendering import actor, csrf_token, page


def public_page(template: str, place: str | None, made_of: Any, /, **context: Any) -> Response:
    """Answer with a page, or with 304 to a visitor whose browser holds it.

    `made_of` is everything on it that comes from the database. Pages of signed-in people are never
    kept by their browser, nor one with something to say once.
    """
    if actor().is_signed_in or "_flashes" in session:
        return page(template, place, **context)
    csrf_token()  # makes sure that the session has one: it stands on the page
    tag = _tag(template, made_of)
    if request.if_none_match.contains_weak(tag):
        answer = Response(status=304)
    else:
        answer = page(template, place, **context)
    answer.set_etag(tag, weak=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _tag(template: str, made_of: Any) -> str:
    """Sum up all that decides how the page looks; days are written as "in 3 days", so the day too."""
    today = local(clock.now()).date()
    asked = (template, request.full_path, language(), session.get("csrf_token"), today)
    brand = repr(current_app.jinja_env.globals["brand"])
    whole = json.dumps((asked, made_of, brand), default=_plainly) + _code()
    return hashlib.sha256(whole.encode()).hexdigest()[:20]


def _plainly(thing: Any) -> Any:
    """Write what stands on a page in full: a row's own words for itself leave out the middle."""
    if isinstance(thing, Row):
        return tuple(thing)
    return vars(thing) if is_dataclass(thing) else str(thing)


@cache
def _code() -> str:
    """Sum up what pages are written with: templates, translations, static files."""
    whole = hashlib.sha256()
    for root in (folder("templates"), CATALOGUES, folder("static")):
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            whole.update(path.read_bytes())
    return whole.hexdigest()
