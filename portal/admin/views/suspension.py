"""Somebody is kept out, with a reason; and let in again."""

from typing import Any

from flask import Response, request

from portal.admin import actions, forms, queries
from portal.admin.views.blueprint import admin, found
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.kernel.text import _
from portal.people.actions import lift_suspension
from portal.people.policy.duties import may_lift, may_suspend
from portal.web.guards import administrators
from portal.web.rendering import actor, notice, page, redirect, refusal

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
    try:
        with unit_of_work():
            actions.suspend(actor(), one.person, form.reason.data or "", clock.now())
    except NotAllowed as refused:
        return _said(public_id, str(refused.reason), "info")
    words = _("%(name)s is suspended and signed out everywhere.", name=one.person.name)
    return _said(public_id, words)


@admin.post(f"{SUSPENSION}/end")
@administrators
def lift(public_id: str) -> Response:
    """Let somebody in again."""
    one = found(public_id)
    try:
        with unit_of_work():
            lift_suspension(actor(), one.person, clock.now())
    except NotAllowed as refused:
        return _said(public_id, str(refused.reason), "info")
    return _said(public_id, _("%(name)s is welcome again.", name=one.person.name))


def _said(public_id: str, words: str, category: str = "success") -> Response:
    notice(words, category)
    return redirect(f"/admin/people/{public_id}")


def _context(one: queries.Found, form: forms.SuspensionForm) -> dict[str, Any]:
    leads, others = one.is_administrator, one.others_administer
    return {
        "person": one.person,
        "form": form,
        "browsers": one.browsers,
        "suspending": may_suspend(actor(), one.person, leads=leads, others=others),
        "lifting": may_lift(actor(), one.person),
    }
