"""A person's relations: begun, ended, put right, from the person's page."""

from collections.abc import Sequence
from typing import Any

from flask import Response, abort, request

from portal.admin import forms, queries
from portal.admin.views.blueprint import admin, found
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.kernel.search.analysis import fold
from portal.kernel.text import _, _l
from portal.people import actions
from portal.people.models import Organisation, RelationKind
from portal.people.policy.kinds import PHASE_NAMES, KindName
from portal.people.policy.relations import GONE_RELATION, may_correct, may_end
from portal.people.queries import host, relation_kinds
from portal.web.forms import refuse
from portal.web.guards import administrators
from portal.web.rendering import actor, notice, page, redirect, refusal

ONE = "/admin/people/<public_id>/relations"
FORM, END = "admin/relations/_form.html", "admin/relations/_end.html"
UNCLEAR = _l("Choose which one you mean.")
UNKNOWN = _l("There is no organisation with such a name. Check the spelling, or add it first.")


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
    organisation = _chosen(form, hits)
    if organisation is not None and form.validate():
        try:
            with unit_of_work():
                actions.record_relation(
                    actor(), one.person.id, form.told(organisation), clock.now()
                )
        except NotAllowed as refused:
            refuse(form.began, refused.reason)
        else:
            notice(_("The relation is written down."))
            return redirect(f"/admin/people/{public_id}")
    return refusal("admin/relations/new.html", FORM, "admin", **_context(one, form, hits))


@admin.get(f"{ONE}/<int:number>")
@administrators
def relation(public_id: str, number: int) -> Response:
    """Show what is written of a relation, to be put right."""
    one = found(public_id)
    row = _found(one, number)
    if not may_correct(row.relation):
        notice(str(GONE_RELATION), "info")
        return redirect(f"/admin/people/{public_id}")
    form = forms.relation_form(row)
    form.offer(_kinds(one), queries.staff(clock.now().date()), row)
    return page("admin/relations/show.html", "admin", **_context(one, form, row=row))


@admin.post(f"{ONE}/<int:number>")
@administrators
def correct_relation(public_id: str, number: int) -> Response:
    """Put right what is written of a relation; what stood before can still be read."""
    one = found(public_id)
    row = _found(one, number)
    form, hits = _filled(one, row)
    organisation = _chosen(form, hits)
    if organisation is not None and form.validate():
        try:
            with unit_of_work():
                told = form.told(organisation)
                actions.correct_relation(actor(), row.relation, told, clock.now())
        except NotAllowed as refused:
            if refused.reason == GONE_RELATION:
                return _back(public_id, refused)
            refuse(form.began, refused.reason)
        else:
            notice(_("It is put right. What stood before can still be read."))
            return redirect(f"/admin/people/{public_id}")
    return refusal("admin/relations/show.html", FORM, "admin", **_context(one, form, hits, row))


@admin.get(f"{ONE}/<int:number>/end")
@administrators
def consider_end(public_id: str, number: int) -> Response:
    """Ask for the last day of a relation."""
    one = found(public_id)
    row = _found(one, number)
    form = forms.EndForm(data={"ended": clock.now().date().isoformat()})
    return page("admin/relations/end.html", "admin", **_ending(one, row, form))


@admin.post(f"{ONE}/<int:number>/end")
@administrators
def end_relation(public_id: str, number: int) -> Response:
    """Give a relation its last day; no other ends by it."""
    one = found(public_id)
    row = _found(one, number)
    form = forms.EndForm(request.form)
    day = form.ended.day() if form.validate() else None
    if day is not None:
        try:
            with unit_of_work():
                actions.end_relation(actor(), row.relation, day, clock.now())
        except NotAllowed as refused:
            refuse(form.ended, refused.reason)
        else:
            notice(_("The relation has its last day. No other has ended by it."))
            return redirect(f"/admin/people/{public_id}")
    return refusal("admin/relations/end.html", END, "admin", **_ending(one, row, form))


@admin.post(f"{ONE}/<int:number>/withdrawal")
@administrators
def withdraw_relation(public_id: str, number: int) -> Response:
    """Say that a relation never was."""
    row = _found(found(public_id), number)
    with unit_of_work():
        actions.withdraw_relation(actor(), row.relation, clock.now())
    notice(_("The relation no longer counts. That it was written can still be read."))
    return redirect(f"/admin/people/{public_id}")


def _filled(
    one: queries.Found, row: queries.RelationRow | None
) -> tuple[forms.RelationForm, Sequence[Organisation]]:
    """Return the form as it was sent, and the organisations it may mean."""
    form = forms.RelationForm(request.form)
    form.offer(_kinds(one), queries.staff(clock.now().date()), row)
    return form, queries.suggested_organisations(form.organisation.data or "")


def _chosen(form: forms.RelationForm, hits: Sequence[Organisation]) -> Organisation | None:
    """Return the organisation that is meant, or say at the field that it is not clear."""
    number = form.organisation_id.number()
    typed = fold(form.organisation.data or "")
    exact = [one for one in hits if fold(one.name) == typed]
    meant = [one for one in hits if one.id == number] or exact or (hits if len(hits) == 1 else [])
    if meant:
        return meant[0]
    form.validate()
    if typed:
        refuse(form.organisation, UNCLEAR if hits else UNKNOWN)
    return None


def _kinds(one: queries.Found) -> list[RelationKind]:
    """Return the kinds to choose from: from behind the wall, none that tells of looking for work."""
    return [kind for kind in relation_kinds() if not (one.walled and kind.is_candidate)]


def _found(one: queries.Found, number: int) -> queries.RelationRow:
    row = queries.found_relation(one.person.id, number, walled=one.walled)
    if row is None:
        abort(404)
    return row


def _back(public_id: str, refused: NotAllowed) -> Response:
    notice(str(refused.reason), "info")
    return redirect(f"/admin/people/{public_id}")


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
        "hits": hits if form.organisation.errors else (),
        "words": forms.suggested_words(),
        "typed": form.organisation.data or "",
    }


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
