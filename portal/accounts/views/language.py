"""Choose the language of pages and mails."""

from flask import Response, abort, current_app, request, session

from portal.accounts import actions
from portal.accounts.views.blueprint import accounts
from portal.kernel.db import unit_of_work
from portal.kernel.text import LANGUAGES
from portal.web.guards import own_path
from portal.web.i18n import COOKIE
from portal.web.rendering import actor, redirect

YEAR = 365 * 24 * 3600  # seconds


@accounts.post("/language")
def choose_language() -> Response:
    """Remember the language in the account when there is one, and in a cookie."""
    chosen = request.form.get("lang", "")
    if chosen not in LANGUAGES:
        abort(400)
    if actor().is_signed_in:
        with unit_of_work():
            actions.choose_language(actor(), chosen)
        session["lang"] = chosen
    answer = redirect(own_path(request.form.get("next")) or "/")
    https = current_app.config["SESSION_COOKIE_SECURE"]
    answer.set_cookie(COOKIE, chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=https)
    return answer
