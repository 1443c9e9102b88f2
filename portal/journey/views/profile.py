"""Tell about oneself."""

from flask import Response, request

from portal.journey import queries
from portal.journey.forms import ProfileForm, profile_form
from portal.journey.views.blueprint import journey
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.people.actions import change_profile
from portal.web.guards import signed_in
from portal.web.rendering import actor, notice, page, redirect, refusal


@journey.get("/journey/profile")
@signed_in
def profile() -> Response:
    """Show the form with what one has told so far."""
    return page("journey/profile.html", "journey", form=profile_form(queries.myself(actor())))


@journey.post("/journey/profile")
@signed_in
def save_profile() -> Response:
    """Keep what one tells about oneself."""
    form = ProfileForm(request.form)
    form.offer()
    if not form.validate():
        return refusal("journey/profile.html", "journey/_profile.html", "journey", form=form)
    with unit_of_work():
        changed = change_profile(actor(), form.profile(), clock.now())
    notice(_("Your profile is saved.") if changed else _("Nothing was changed."))
    return redirect("/journey")
