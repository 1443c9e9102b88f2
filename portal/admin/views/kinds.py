"""Kinds of relations: which there are, what they are kept for, one more, one out of use."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, request

from portal.admin import forms, queries
from portal.admin.queries.kinds import MOST_COUNTED
from portal.admin.views.blueprint import admin
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.kernel.text import _
from portal.people import actions
from portal.people.models import RelationKind
from portal.people.policy.kinds import PHASE_NAMES, KindName, may_retire_kind
from portal.people.policy.relations import LEGAL_BASES, PURPOSES, worded
from portal.web.acting import outcome
from portal.web.forms import refuse
from portal.web.guards import administrators
from portal.web.rendering import (
    actor,
    announced,
    fragment,
    is_partial,
    notice,
    page,
    redirect,
    refusal,
)

LIST = "/admin/relation-kinds"
PAGE, FORM = "admin/kinds/new.html", "admin/kinds/_form.html"


@admin.get(LIST)
@administrators
def kinds() -> Response:
    """List the kinds of relations."""
    rows = [kind_context(row) for row in queries.every_kind()]
    return page("admin/kinds/index.html", "admin", here="kinds", rows=rows)


@admin.get(f"{LIST}/new")
@administrators
def new_kind() -> Response:
    """Show the form for one more kind."""
    return page(PAGE, "admin", **_form(forms.KindForm(), None))


@admin.post(LIST)
@administrators
def add_kind() -> Response:
    """Add a kind."""
    form = forms.KindForm(request.form)
    if form.validate():
        try:
            with unit_of_work():
                kind = actions.add_kind(actor(), form.told(), clock.now())
        except NotAllowed as taken:
            refuse(form.name_en, taken.reason)
        else:
            notice(_("%(kind)s is a kind of relation from now on.", kind=name_of(kind)))
            return redirect(LIST)
    return refusal(PAGE, FORM, "admin", **_form(form, None))


@admin.get(f"{LIST}/<code>")
@administrators
def kind(code: str) -> Response:
    """Show a kind, to say anew what it is kept for."""
    held = _found(code)
    return page("admin/kinds/show.html", "admin", **_form(forms.kind_form(held), held))


@admin.post(f"{LIST}/<code>")
@administrators
def change_kind(code: str) -> Response:
    """Say anew what relations of a kind are kept for, and what it is called if it came later."""
    held = _found(code)
    form = forms.kind_form(held, request.form)
    if form.validate():
        try:
            with unit_of_work():
                _change(held, form)
        except NotAllowed as taken:
            refuse(
                form.name_en if isinstance(form, forms.NamedKindForm) else form.purpose,
                taken.reason,
            )
        else:
            notice(_("%(kind)s is changed.", kind=name_of(held)))
            return redirect(LIST)
    return refusal("admin/kinds/show.html", FORM, "admin", **_form(form, held))


@admin.post(f"{LIST}/<code>/retirement")
@administrators
def retire_kind(code: str) -> Response:
    """Put a kind out of use."""
    held = _found(code)
    said = _("%(kind)s is out of use. Relations of that kind stay as they are.", kind=name_of(held))
    return _answer(held, said, lambda: actions.retire_kind(actor(), held, clock.now()))


@admin.post(f"{LIST}/<code>/restoration")
@administrators
def restore_kind(code: str) -> Response:
    """Bring a kind back."""
    held = _found(code)
    said = _("%(kind)s is in use again.", kind=name_of(held))
    return _answer(held, said, lambda: actions.restore_kind(actor(), held, clock.now()))


def name_of(kind: RelationKind) -> str:
    """Return what a kind is called in the reader's language."""
    return str(KindName(kind.name_sv, kind.name_en))


def kind_context(row: queries.KindRow) -> dict[str, Any]:
    """Return what `_kind.html` needs, in the list and alone."""
    kind = row.kind
    return {
        "kind": kind,
        "name": name_of(kind),
        "phase": PHASE_NAMES[kind.phase],
        "purpose": worded(PURPOSES, kind.purpose),
        "legal_basis": worded(LEGAL_BASES, kind.legal_basis),
        "retiring": may_retire_kind(kind),
        "relations": row.relations,
        "most_counted": MOST_COUNTED,
    }


def _answer(kind: RelationKind, said: str, act: Callable[[], object]) -> Response:
    """Do it, or say why not; then show how the kind stands."""
    words, category = outcome(said, act)
    if is_partial():
        row = next(one for one in queries.every_kind() if one.kind.code == kind.code)
        return announced(fragment("admin/kinds/_kind.html", **kind_context(row)), words, category)
    notice(words, category)
    return redirect(LIST)


def _change(kind: RelationKind, form: forms.KeptForm) -> None:
    at = clock.now()
    if isinstance(form, forms.NamedKindForm):
        actions.rename_kind(actor(), kind, form.name_sv.data or "", form.name_en.data or "", at)
    actions.describe_kind(actor(), kind, form.kept_for(), forms.chosen(form.legal_basis), at)


def _form(form: forms.KeptForm, kind: RelationKind | None) -> dict[str, Any]:
    """Return what `_form.html` needs."""
    return {
        "form": form,
        "kind": kind,
        "action": f"{LIST}/{kind.code}" if kind else LIST,
        "name": name_of(kind) if kind else None,
        "phase": PHASE_NAMES[kind.phase] if kind else None,
        "words": forms.suggested_words(),
    }


def _found(code: str) -> RelationKind:
    held = queries.found_kind(code)
    if held is None:
        abort(404)
    return held
