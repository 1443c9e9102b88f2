"""Save an opening for later, and let go of it."""

from flask import Response, abort

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.openings import actions, queries
from portal.openings.models import Opening
from portal.openings.views.listing import openings
from portal.openings.views.one import saving_context
from portal.web.guards import signed_in
from portal.web.rendering import actor, announced, fragment, is_partial, notice, redirect


@openings.post("/openings/<slug>/saved")
@signed_in
def save(slug: str) -> Response:
    """Keep an opening for later."""
    opening = _opening(slug)
    with unit_of_work():
        actions.save_opening(actor(), opening, clock.now())
    return _answer(opening, True, _("Saved. You find it on My journey."))


@openings.post("/openings/<slug>/saved/removal")
@signed_in
def let_go(slug: str) -> Response:
    """Take an opening off one's list."""
    opening = _opening(slug)
    with unit_of_work():
        actions.let_go(actor(), opening)
    return _answer(opening, False, _("No longer saved."))


def _opening(slug: str) -> Opening:
    found = queries.visible_opening(slug, actor(), clock.now())
    if found is None:
        abort(404)
    return found[0]


def _answer(opening: Opening, saved: bool, words: str) -> Response:
    if is_partial():
        context = saving_context(opening, saved)
        return announced(fragment("openings/_saved.html", **context), words)
    notice(words)
    return redirect(f"/openings/{opening.slug}")
