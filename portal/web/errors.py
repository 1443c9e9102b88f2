"""When something can't be answered: a page for people, a line for htmx, in both languages."""

import logging
from typing import Any

from flask import Flask, Response, g, request
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException

from portal.kernel.db import session
from portal.kernel.decisions import NotAllowed
from portal.kernel.paging import WrongCursor
from portal.kernel.text import Lazy, _l
from portal.web.guards import ask_to_sign_in
from portal.web.rendering import actor, fragment, is_partial, page

log = logging.getLogger(__name__)

WORDS: dict[int, tuple[Lazy, Lazy]] = {
    400: (
        _l("We could not read that"),
        _l("Something in the address or the form was not as expected. Go back and try once more."),
    ),
    401: (_l("Sign in first"), _l("This page is for people who are signed in.")),
    403: (_l("That is not possible here"), _l("You may not do this.")),
    404: (
        _l("There is no page here"),
        _l("The address may be wrong, or the page may have moved or been taken away."),
    ),
    405: (
        _l("That can't be done this way"),
        _l("The page does not take that kind of request. Go back and use the page's own buttons."),
    ),
    410: (_l("This is no longer here"), _l("It has been closed or taken away.")),
    413: (
        _l("That was too much at once"),
        _l("What you sent is larger than we can take. Make it smaller and try again."),
    ),
    422: (_l("Something needs mending"), _l("Look at the marked fields and try again.")),
    429: (
        _l("A little too fast"),
        _l("There have been many tries in a short time. Wait a moment and try again."),
    ),
    500: (
        _l("Something broke on our side"),
        _l("It is not your fault, and nothing you had saved is lost. We have made a note of it."),
    ),
    503: (
        _l("We are not quite with you"),
        _l("The portal can't reach its data just now. Try again in a minute."),
    ),
}
ENDED_SESSION = _l("The page had been open too long. Go back, load it anew and send it again.")


def tell(code: int, why: Lazy | str | None = None) -> Response:
    """Answer an error with its page, or with one line for htmx that leaves the page as it is."""
    title, words = WORDS.get(code, WORDS[400 if code < 500 else 500])
    context: dict[str, Any] = {"code": code, "title": title, "text": why or words}
    if is_partial():
        answer = fragment("errors/_alert.html", code, **context)
        answer.headers["HX-Retarget"] = "#flash"
        answer.headers["HX-Reswap"] = "innerHTML"
        return answer
    return page("errors/page.html", status=code, **context)


def answer_errors(app: Flask) -> None:
    """Register an answer for everything that can go wrong."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, lambda _error: tell(400, ENDED_SESSION))
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(WrongCursor, lambda _error: tell(400))
    app.register_error_handler(DataError, _impossible_value)
    app.register_error_handler(OperationalError, lambda error: _broken(503, error))
    app.register_error_handler(InterfaceError, lambda error: _broken(503, error))
    app.register_error_handler(IntegrityError, _gone_meanwhile)
    app.register_error_handler(Exception, lambda error: _broken(500, error))


def _http_error(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    answer = tell(error.code)
    if error.code == 405:
        answer.headers["Allow"] = error.get_response().headers.get("Allow", "")
    if error.code == 429:
        answer.headers["Retry-After"] = error.description or "60"
    return answer


def _not_allowed(error: NotAllowed) -> Response:
    session().rollback()
    return tell(403, error.reason)


def _impossible_value(_error: DataError) -> Response:
    """A number in the address is larger than the column: no row can have it."""
    session().rollback()
    return tell(400)


def _gone_meanwhile(error: IntegrityError) -> Response:
    """Who asked may have been merged or erased in the same moment, and their session with them."""
    session().rollback()
    was_signed_in = actor().is_signed_in
    g.pop("_login_user", None)  # where Flask-Login keeps who is asking: looked up anew
    if was_signed_in and not actor().is_signed_in:
        return ask_to_sign_in()
    return _broken(500, error)


def _broken(code: int, error: Exception) -> Response:
    # The rule, not the path: some links are a right by themselves, and the log is no place for them.
    log.error("%s %s: %s", request.method, request.url_rule, code, exc_info=error)
    try:
        session().rollback()
        return tell(code)
    except Exception:
        log.warning("The page can't say who is asking.", exc_info=True)
    try:
        g._login_user = AnonymousUserMixin()  # where Flask-Login keeps who is asking
        return tell(code)
    except Exception:
        log.exception("The error page could not be made either.")
        title, words = WORDS[code]
        return Response(f"{title}\n\n{words}\n", code, mimetype="text/plain")
