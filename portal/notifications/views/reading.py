"""Read a notice and go on to what it is about; read them all; how many are unread."""

from flask import Response, abort, request
from markupsafe import Markup

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.ordering import time_position
from portal.kernel.text import _
from portal.notifications import actions, queries
from portal.notifications.views.blueprint import notifications
from portal.notifications.views.listing import PATH, list_context
from portal.web.guards import ask_to_sign_in, own_path, signed_in, unattended
from portal.web.rendering import (
    actor,
    announced,
    fragment,
    is_partial,
    notice,
    piece,
    redirect,
    unread,
)


@notifications.get("/notices/unread")
@unattended
def count() -> Response:
    """Answer the bell, which asks by itself: its number anew, or nothing when that has been seen."""
    if not is_partial():
        return redirect(PATH) if actor().is_signed_in else ask_to_sign_in()
    if not actor().is_signed_in:
        return Response(status=401)  # nobody did anything, so nobody is sent anywhere
    if request.args.get("seen") == str(unread()):
        return Response(status=204)
    return fragment("shared/_bell.html", unread=unread())


@notifications.post("/notices/<public_id>/reading")
@signed_in
def read(public_id: str) -> Response:
    """Mark one as read, then go on to what it is about, or stay where one is."""
    found = queries.found_notice(actor(), public_id, clock.now())
    if found is None:
        abort(404)
    number, shown = found
    with unit_of_work():
        left = actions.read_notice(actor(), number, clock.now())
    back = own_path(request.form.get("back"))
    if shown is None:
        notice(_("What this was about is no longer here."), "info")
        return redirect(back or PATH)
    if back is None:
        return redirect(shown.line.href)
    if is_partial():
        shown = shown.as_read()
        return _with_bell(fragment("notifications/_row.html", shown=shown, here=back), left)
    return redirect(back)


@notifications.post("/notices/reading")
@signed_in
def read_all() -> Response:
    """Mark as read what the reader has seen in the list."""
    newest = time_position(request.form.get("until"))
    left = unread()
    if newest is not None:
        with unit_of_work():
            left = actions.read_until(actor(), newest, clock.now())
    show, done = request.form.get("show", ""), _("Everything here is read.")
    if is_partial():
        answer = fragment("notifications/_list.html", **list_context(show, left))
        return _with_bell(announced(answer, done), left)
    notice(done)
    return redirect(f"{PATH}?show=unread" if show == "unread" else PATH)


def _with_bell(answer: Response, left: int) -> Response:
    """Add the bell as it is now to a fragment."""
    part = Markup('<hx-partial hx-target="#bell" hx-swap="outerMorph">{}</hx-partial>')
    bell = part.format(piece("shared/_bell.html", unread=left))
    answer.set_data(answer.get_data(as_text=True) + str(bell))
    return answer
