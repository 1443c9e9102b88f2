"""Taking a place at an event, and giving it back."""

from flask import Response

from portal.events import actions
from portal.events.views.blueprint import events, found
from portal.events.views.showing import page_context, registration_context
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.web.guards import signed_in
from portal.web.rendering import (
    actor,
    announced,
    fragment,
    is_partial,
    notice,
    page,
    redirect,
)


@events.post("/events/<slug>/registration")
@signed_in
def take_place(slug: str) -> Response:
    """Take a place; when the last one has just gone, show that with 409."""
    here = found(slug)
    with unit_of_work():
        decision = actions.take_place(actor(), here.event, clock.now())
    return _done(slug, _("You have a place. Welcome!")) if decision else _too_late(slug)


@events.post("/events/<slug>/cancellation")
@signed_in
def give_back(slug: str) -> Response:
    """Give one's place back."""
    here = found(slug)
    with unit_of_work():
        actions.give_back_place(actor(), here.event, clock.now())
    return _done(slug, _("Your place is free for somebody else. Thank you for telling us."))


def _done(slug: str, words: str) -> Response:
    if is_partial():
        context = registration_context(found(slug))
        return announced(fragment("events/_registration.html", **context), words)
    notice(words)
    return redirect(f"/events/{slug}")


def _too_late(slug: str) -> Response:
    words = _("The last place was taken a moment ago. We are sorry.")
    if is_partial():
        context = registration_context(found(slug))
        return announced(fragment("events/_registration.html", 409, **context), words, "warning")
    notice(words, "warning")
    return page("events/show.html", "events", 409, **page_context(found(slug)))
