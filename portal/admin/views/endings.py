"""A person's relation ends, or turns out never to have been."""

from typing import Any

from flask import Response, request

from portal.admin import forms, queries
from portal.admin.views.blueprint import admin, back_to_person, found, found_relation
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.kernel.text import _
from portal.people import actions
from portal.people.policy.kinds import KindName
from portal.people.policy.relations import may_end
from portal.web.forms import refuse
from portal.web.guards import administrators
from portal.web.rendering import actor, page, refusal

ONE = "/admin/people/<public_id>/relations/<int:number>"
END = "admin/relations/_end.html"


@admin.get(f"{ONE}/end")
@administrators
def consider_end(public_id: str, number: int) -> Response:
    """Ask for the last day of a relation."""
    one = found(public_id)
    row = found_relation(one, number)
    form = forms.EndForm(data={"ended": clock.now().date().isoformat()})
    return page("admin/relations/end.html", "admin", **_ending(one, row, form))


@admin.post(f"{ONE}/end")
@administrators
def end_relation(public_id: str, number: int) -> Response:
    """Give a relation its last day; no other ends by it."""
    one = found(public_id)
    row = found_relation(one, number)
    form = forms.EndForm(request.form)
    day = form.ended.day() if form.validate() else None
    if day is not None:
        try:
            with unit_of_work():
                actions.end_relation(actor(), row.relation, day, clock.now())
        except NotAllowed as refused:
            refuse(form.ended, refused.reason)
        else:
            done = _("The relation has its last day. No other has ended by it.")
            return back_to_person(public_id, done)
    return refusal("admin/relations/end.html", END, "admin", **_ending(one, row, form))


@admin.post(f"{ONE}/withdrawal")
@administrators
def withdraw_relation(public_id: str, number: int) -> Response:
    """Say that a relation never was."""
    row = found_relation(found(public_id), number)
    with unit_of_work():
        actions.withdraw_relation(actor(), row.relation, clock.now())
    done = _("The relation no longer counts. That it was written can still be read.")
    return back_to_person(public_id, done)


def _ending(one: queries.Found, row: queries.RelationRow, form: forms.EndForm) -> dict[str, Any]:
    """Return what `_end.html` needs, and its page."""
    day = form.ended.day() or clock.now().date()
    return {
        "person": one.person,
        "row": row,
        "form": form,
        "kind_name": KindName(row.name_sv, row.name_en),
        "ending": may_end(row.relation, max(day, row.relation.began_on)),
    }
