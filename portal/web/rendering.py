"""How a view answers: a page, a fragment, a refusal or a redirect; alone knows htmx."""

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, flash, request, session
from flask import get_flashed_messages as take_notices
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from portal.kernel import text
from portal.kernel.actors import VISITOR, Actor


def actor() -> Actor:
    """Return who is asking."""
    return getattr(current_user, "actor", VISITOR)


def unread() -> int:
    """Return how many notices the one who asks has not read, as it was when the request came."""
    number: int = getattr(current_user, "unread", 0)
    return number


def is_partial() -> bool:
    """Say whether htmx asks for a piece of the page (its own word, `HX-Request-Type`)."""
    return request.headers.get("HX-Request-Type") == "partial"


def page(template: str, /, place: str | None = None, status: int = 200, **context: Any) -> Response:
    """Answer with a whole page; `place` is the menu's place it belongs to."""
    return Response(_render(template, _frame(place) | context), status)


def bare_page(template: str, /, **context: Any) -> Response:
    """Answer with a page for whoever holds its address: it looks at no session and sets no cookie."""
    frame = {"viewer": VISITOR, "csrf_token": "", "lang": text.language()}
    return Response(_render(template, frame | {"place": None, "flashes": ()} | context))


def fragment(template: str, /, status: int = 200, **context: Any) -> Response:
    """Answer with one fragment, for htmx."""
    return Response(_render(template, _small_frame() | context), status)


def piece(template: str, /, **context: Any) -> Markup:
    """Write a part that many pages share, to be kept and put into them."""
    return Markup(_render(template, context))  # noqa: S704 - the template has escaped it


def refusal(
    page_template: str, fragment_template: str, /, place: str | None = None, **context: Any
) -> Response:
    """Answer 422 with what was typed and what is wrong with it: the fragment, or its whole page."""
    if is_partial():
        return fragment(fragment_template, 422, **context)
    return page(page_template, place, 422, **context)


def redirect(address: str) -> Response:
    """Go to another page after an act that succeeded: 303, or htmx's own header."""
    if is_partial():
        return Response(status=204, headers={"HX-Redirect": address})
    return Response(status=303, headers={"Location": address})


def notice(words: str, category: str = "success") -> None:
    """Say something on the next page that is shown."""
    flash(words, category)


def announced(answer: Response, words: str, kind: str = "success") -> Response:
    """Add to a fragment a line for the page's live region."""
    line = Markup('<hx-partial hx-target="#flash" hx-swap="innerHTML">{}</hx-partial>')
    notice_html = _render("shared/_notice.html", {"kind": kind, "text": words})
    answer.set_data(answer.get_data(as_text=True) + str(line.format(Markup(notice_html))))  # noqa: S704
    return answer


def csrf_token() -> str:
    """Return this session's token for unsafe requests."""
    return str(generate_csrf())


def _render(template: str, context: Mapping[str, Any]) -> str:
    """Render without Flask's context processors: they cost as much as a list (docs/performance.md)."""
    return current_app.jinja_env.get_template(template).render(context)


def _small_frame() -> dict[str, Any]:
    return {"viewer": actor(), "csrf_token": csrf_token(), "lang": text.language()}


def _frame(place: str | None) -> dict[str, Any]:
    flashes = take_notices(with_categories=True) if "_flashes" in session else ()
    path = request.full_path if request.query_string else request.path
    frame = {"place": place, "path": path, "flashes": flashes, "unread": unread()}
    return _small_frame() | frame
