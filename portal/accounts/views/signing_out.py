"""Sign out: here, in one other browser, or everywhere."""

from flask import Response, session

from portal.accounts import actions
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.sessions import here
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.web.guards import signed_in
from portal.web.rendering import actor, notice, redirect


@accounts.post("/sign-out")
def sign_out() -> Response:
    """Sign this browser out."""
    if actor().is_signed_in:
        with unit_of_work():
            actions.end_session(actor(), here().public_id, clock.now())
    session.clear()
    notice(_("You are signed out. Welcome back whenever you like."))
    return redirect("/")


@accounts.post("/account/sessions/<public_id>/end")
@signed_in
def end_session(public_id: str) -> Response:
    """Sign one of one's own browsers out."""
    with unit_of_work():
        ended = actions.end_session(actor(), public_id, clock.now())
    notice(_("That browser is signed out.") if ended else _("It was signed out already."))
    return redirect("/account")


@accounts.post("/account/sessions/end")
@signed_in
def end_all_sessions() -> Response:
    """Sign out everywhere, here too."""
    with unit_of_work():
        actions.sign_out_everywhere(actor(), clock.now())
    session.clear()
    notice(_("You are signed out everywhere."))
    return redirect("/sign-in")
