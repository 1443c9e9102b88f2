"""A person's relations: begun, ended, put right, from the person's page."""

from collections.abc import Sequence
from typing import Any

from flask import Response, request

from portal.admin import forms, queries
from portal.admin.views.blueprint import admin, back_to_person, found, found_relation
from portal.admin.views.meant import choices, organisation_meant, written_down
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.kernel.text import _
from portal.people import actions
from portal.people.models import Organisation, RelationKind
from portal.people.policy.kinds import PHASE_NAMES, KindName
from portal.people.policy.relations import GONE_RELATION, may_correct
from portal.people.queries import host, relation_kinds
from portal.web.forms import refuse
from portal.web.guards import administrators
from portal.web.rendering import actor, page, refusal

ONE = "/admin/people/<public_id>/relations"
FORM = "admin/relations/_form.html"


@admin.get(f"{ONE}/new")
@administrators
def new_relation(public_id: str) -> Response:
    """Choose a kind of relation; then show its form."""
    one = found(public_id)
    kinds = _kinds(one)
    chosen = next((kind for kind in kinds if kind.code == request.args.get("kind")), None)
    if chosen is None:
        named = [
            (kind.code, KindName(kind.name_sv, kind.name_en), PHASE_NAMES[kind.phase])
            for kind in kinds
        ]
        context: dict[str, Any] = {"person": one.person, "kinds": named, "walled": one.walled}
        return page("admin/relations/kinds.html", "admin", **context)
    form = forms.new_form(chosen, host(), clock.now().date().isoformat())
    form.offer(kinds, queries.staff(clock.now().date()))
    return page("admin/relations/new.html", "admin", **_context(one, form))


@admin.post(ONE)
@administrators
def begin_relation(public_id: str) -> Response:
    """Begin a relation; all others stay as they are."""
    one = found(public_id)
    form, hits = _filled(one, None)
    meant = organisation_meant(form, hits)
    if meant is not None and form.validate():
        try:
            with unit_of_work():
                told = form.told(written_down(meant))
                actions.record_relation(actor(), one.person.id, told, clock.now())
        except NotAllowed as refused:
            refuse(form.began, refused.reason)
        else:
            return back_to_person(public_id, _("The relation is written down."))
    return refusal("admin/relations/new.html", FORM, "admin", **_context(one, form, hits))


@admin.get(f"{ONE}/<int:number>")
@administrators
def relation(public_id: str, number: int) -> Response:
    """Show what is written of a relation, to be put right."""
    one = found(public_id)
    row = found_relation(one, number)
    if not may_correct(row.relation):
        return back_to_person(public_id, str(GONE_RELATION), "info")
    form = forms.relation_form(row)
    form.offer(_kinds(one), queries.staff(clock.now().date()), row)
    return page("admin/relations/show.html", "admin", **_context(one, form, row=row))


@admin.post(f"{ONE}/<int:number>")
@administrators
def correct_relation(public_id: str, number: int) -> Response:
    """Put right what is written of a relation; what stood before can still be read."""
    one = found(public_id)
    row = found_relation(one, number)
    form, hits = _filled(one, row)
    meant = organisation_meant(form, hits)
    if meant is not None and form.validate():
        try:
            with unit_of_work():
                told = form.told(written_down(meant))
                actions.correct_relation(actor(), row.relation, told, clock.now())
        except NotAllowed as refused:
            if refused.reason == GONE_RELATION:
                return back_to_person(public_id, str(refused.reason), "info")
            refuse(form.began, refused.reason)
        else:
            done = _("It is put right. What stood before can still be read.")
            return back_to_person(public_id, done)
    return refusal("admin/relations/show.html", FORM, "admin", **_context(one, form, hits, row))


def _filled(
    one: queries.Found, row: queries.RelationRow | None
) -> tuple[forms.RelationForm, Sequence[Organisation]]:
    """Return the form as it was sent, and the organisations it may mean."""
    form = forms.RelationForm(request.form)
    form.offer(_kinds(one), queries.staff(clock.now().date()), row)
    return form, queries.suggested_organisations(form.organisation.data or "")


def _kinds(one: queries.Found) -> list[RelationKind]:
    """Return the kinds to choose from: from behind the wall, none that tells of looking for work."""
    return [kind for kind in relation_kinds() if not (one.walled and kind.is_candidate)]


def _context(
    one: queries.Found,
    form: forms.RelationForm,
    hits: Sequence[Organisation] = (),
    row: queries.RelationRow | None = None,
) -> dict[str, Any]:
    """Return what `_form.html` needs, and its page."""
    path = f"/admin/people/{one.person.public_id}/relations"
    chosen = (one.label for one in form.kind.choices if one.value == form.kind.data)
    kind = next(map(str, chosen), "")
    return {
        "person": one.person,
        "form": form,
        "row": row,
        "action": f"{path}/{row.relation.id}" if row else path,
        "kind_name": kind,
        "choices": choices(form, hits),
        "words": forms.suggested_words(),
    }
