"""Once a year: does the profile still fit?"""

from typing import Any

from flask import Response

from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.people import actions, queries
from portal.people.policy.profile import is_due
from portal.people.views.blueprint import profile
from portal.taxonomy.places import name_of
from portal.web.guards import signed_in
from portal.web.rendering import actor, announced, fragment, is_partial, notice, redirect
from portal.web.sections import Section, section

FRAGMENT = "people/_freshness.html"


@section("journey", order=5)
def freshness(viewer: Actor, _journey: Any) -> Section:
    """Ask a person whose profile is a year old whether it still fits."""
    return Section(FRAGMENT, _part(viewer))


@profile.post("/journey/profile/confirmation")
@signed_in
def confirm() -> Response:
    """Take the answer that it does."""
    with unit_of_work():
        actions.confirm_profile(actor(), clock.now())
    words = _("Thank you. We ask again in a year.")
    if is_partial():
        return announced(fragment(FRAGMENT, part=_part(actor())), words)
    notice(words)
    return redirect("/journey")


def _part(viewer: Actor) -> dict[str, Any]:
    person = queries.myself(viewer)
    return {
        "due": is_due(person, clock.now()),
        "person": person,
        "municipality": name_of(person.municipality),
        "since": person.confirmed_at or person.arrived_at,
    }
