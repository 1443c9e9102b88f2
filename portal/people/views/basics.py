"""Tell who one is."""

from flask import Response, request
from markupsafe import Markup

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.markup import markdown
from portal.kernel.text import _
from portal.people import actions
from portal.people.forms import ProfileForm
from portal.people.policy import LONGEST_ABOUT
from portal.people.views.blueprint import profile
from portal.people.views.showing import PAGE, PATH, context
from portal.web.guards import signed_in
from portal.web.rendering import actor, fragment, is_partial, notice, page, redirect, refusal


@profile.post(PATH)
@signed_in
def save() -> Response:
    """Keep who one is and what one does."""
    form = ProfileForm(request.form)
    if not form.validate():
        return refusal(PAGE, "people/_basics.html", "journey", **context(basics=form))
    with unit_of_work():
        changed = actions.change_profile(actor(), form.profile(), clock.now())
    notice(_("Your profile is saved.") if changed else _("Nothing was changed."))
    return redirect(PATH)


@profile.post("/journey/profile/preview")
@signed_in
def preview() -> Response:
    """Show how the words about oneself will look; nothing is kept."""
    form = ProfileForm(request.form)
    written = (form.about.data or "")[:LONGEST_ABOUT]
    shown = Markup(markdown(written))  # noqa: S704 - sanitised by kernel.markup
    if is_partial():
        return fragment("people/_preview.html", preview=shown)
    return page(PAGE, "journey", preview=shown, **context(basics=form))
