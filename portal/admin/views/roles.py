"""Who administers: given and taken by one who has just shown who they are."""

from typing import Any

from flask import Response

from portal.admin import queries
from portal.admin.views.blueprint import admin, back_to_person, found
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.kernel.text import _
from portal.people import actions
from portal.people.policy.duties import may_give_role, may_take_role
from portal.web.acting import outcome
from portal.web.guards import administrators, proved
from portal.web.rendering import actor, notice, page, redirect

ROLE = "/admin/people/<public_id>/role"


@admin.get(ROLE)
@administrators
@proved
def role(public_id: str) -> Response:
    """Say what it means to be administrator, and ask whether that is meant."""
    return page("admin/people/role.html", "admin", **_context(found(public_id)))


@admin.post(ROLE)
@administrators
@proved
def give_role(public_id: str) -> Response:
    """Make somebody administrator; it counts from their next click."""
    one = found(public_id)
    done = _("%(name)s is administrator from now on.", name=one.person.name)
    said = outcome(done, lambda: actions.give_role(actor(), one.person, clock.now()))
    return back_to_person(public_id, *said)


@admin.post(f"{ROLE}/end")
@administrators
@proved
def take_role(public_id: str) -> Response:
    """End somebody's duty as administrator; it counts from their next click."""
    one = found(public_id)
    try:
        with unit_of_work():
            actions.take_role(actor(), one.person, clock.now())
    except NotAllowed as refused:
        return back_to_person(public_id, str(refused.reason), "info")
    notice(_("%(name)s is not administrator any more.", name=one.person.name))
    mine = one.person.id == actor().person_id
    return redirect("/" if mine else f"/admin/people/{public_id}")


def _context(one: queries.Found) -> dict[str, Any]:
    has_it, others = one.is_administrator, one.others_administer
    return {
        "person": one.person,
        "found": one,
        "giving": may_give_role(actor(), one.person, has_it=has_it),
        "taking": may_take_role(actor(), has_it=has_it, others=others),
    }
