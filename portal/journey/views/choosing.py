"""Choose who sees one's name."""

from flask import Response, request

from portal.journey.forms import VisibilityForm
from portal.journey.views.blueprint import journey
from portal.journey.views.showing import page_context
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.people.actions import choose_name_shown
from portal.web.guards import signed_in
from portal.web.rendering import actor, announced, fragment, is_partial, notice, page, redirect

FRAGMENT = "journey/_visibility.html"


@journey.post("/journey/visibility")
@signed_in
def choose_visibility() -> Response:
    """Let the choice count from now on."""
    form = VisibilityForm(request.form)
    if not form.validate():
        if is_partial():
            return fragment(FRAGMENT, 422, form=form)
        return page("journey/show.html", "journey", 422, **page_context(form))
    with unit_of_work():
        choose_name_shown(actor(), form.shown.data, clock.now())
    words = _("Your choice is saved and counts from now on.")
    if is_partial():
        return announced(fragment(FRAGMENT, form=form), words)
    notice(words)
    return redirect("/journey#visibility")
