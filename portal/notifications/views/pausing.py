"""Pause all mails that one has chosen, and end the pause."""

from datetime import datetime, time

from flask import Response, request

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.notifications import actions, queries
from portal.notifications.forms import PauseForm
from portal.notifications.policy import first_day
from portal.notifications.views.blueprint import notifications
from portal.notifications.views.settings import PAGE, PATH, context, pause_of
from portal.web.dates import here, local
from portal.web.guards import signed_in
from portal.web.rendering import (
    actor,
    announced,
    fragment,
    is_partial,
    notice,
    redirect,
    refusal,
)

FRAGMENT = "notifications/_pause.html"


@notifications.get(f"{PATH}/pause")
@signed_in
def return_from_pause() -> Response:
    """Lead somebody who opens the address of a form back to its page."""
    return redirect(PATH)


@notifications.post(f"{PATH}/pause")
@signed_in
def pause() -> Response:
    """Take a pause; the day begins by the reader's clock."""
    form = PauseForm(request.form)
    if not form.validate():
        if is_partial():
            rhythm = queries.rhythm_of(actor().person_id or 0)
            return fragment(FRAGMENT, 422, **pause_of(rhythm, form))
        return refusal(PAGE, FRAGMENT, **context(pausing=form))
    day = first_day(form.chosen(), local(clock.now()).date(), form.day.day())
    until = datetime.combine(day, time(), here()) if day else None
    with unit_of_work():
        actions.pause(actor(), until, clock.now())
    return _answer(_("Paused. What always comes still comes."))


@notifications.post(f"{PATH}/pause/removal")
@signed_in
def resume() -> Response:
    """End the pause."""
    with unit_of_work():
        changed = actions.resume(actor(), clock.now())
    ended = _("The pause is over. Mails come as you have chosen.")
    return _answer(ended if changed else _("Nothing was changed."))


def _answer(words: str) -> Response:
    if is_partial():
        rhythm = queries.rhythm_of(actor().person_id or 0)
        return announced(fragment(FRAGMENT, **pause_of(rhythm)), words)
    notice(words)
    return redirect(PATH)
