"""Somebody is kept out, with a reason; and let in again."""

from typing import Any

from flask import Response, request

from portal.admin import actions, forms, queries
from portal.admin.views.blueprint import admin, back_to_person, found
from portal.kernel import clock
from portal.kernel.text import _
from portal.people.actions import lift_suspension
from portal.people.policy.duties import may_lift, may_suspend
from portal.web.acting import outcome
from portal.web.guards import administrators
from portal.web.rendering import actor, page, refusal

SUSPENSION = "/admin/people/<public_id>/suspension"
PAGE, FORM = "admin/people/suspension.html", "admin/people/_suspension.html"


@admin.get(SUSPENSION)
@administrators
def suspension(public_id: str) -> Response:
    """Say what it means to be suspended, and ask why."""
    return page(PAGE, "admin", **_context(found(public_id), forms.SuspensionForm()))


@admin.post(SUSPENSION)
@administrators
def suspend(public_id: str) -> Response:
    """Keep somebody out from now on."""
    one = found(public_id)
    form = forms.SuspensionForm(request.form)
    if not form.validate():
        return refusal(PAGE, FORM, "admin", **_context(one, form))
    reason = form.reason.data or ""
    done = _("%(name)s is suspended and signed out everywhere.", name=one.person.name)
    said = outcome(done, lambda: actions.suspend(actor(), one.person, reason, clock.now()))
    return back_to_person(public_id, *said)


@admin.post(f"{SUSPENSION}/end")
@administrators
def lift(public_id: str) -> Response:
    """Let somebody in again."""
    one = found(public_id)
    done = _("%(name)s is welcome again.", name=one.person.name)
    said = outcome(done, lambda: lift_suspension(actor(), one.person, clock.now()))
    return back_to_person(public_id, *said)


def _context(one: queries.Found, form: forms.SuspensionForm) -> dict[str, Any]:
    leads, others = one.is_administrator, one.others_administer
    return {
        "person": one.person,
        "form": form,
        "browsers": one.browsers,
        "suspending": may_suspend(actor(), one.person, leads=leads, others=others),
        "lifting": may_lift(actor(), one.person),
    }
