"""Organisations: the list, one more, what is known of one and who belongs to it."""

from typing import Any

from flask import Response, request

from portal.admin import forms, queries
from portal.admin.queries.organisations import MOST_COUNTED
from portal.admin.views.blueprint import admin, found_organisation
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.kernel.text import _, language
from portal.people import actions
from portal.people.models import Organisation
from portal.people.policy.kinds import KindName
from portal.people.policy.organisations import ORGANISATION_KINDS
from portal.taxonomy import industries
from portal.web.forms import refuse
from portal.web.guards import administrators
from portal.web.rendering import actor, fragment, is_partial, notice, page, redirect, refusal

LIST = "/admin/organisations"
FORM = "admin/organisations/_form.html"


@admin.get(LIST)
@administrators
def organisations() -> Response:
    """List the organisations, all or those whose name has some letters."""
    form = forms.OrganisationsForm(request.args)
    wanted, after = forms.wanted(form), request.args.get("after")
    found = queries.listed_organisations(wanted, clock.now().date(), after)
    context: dict[str, Any] = {
        "organisations": found.rows,
        "most_counted": MOST_COUNTED,
        "kinds": ORGANISATION_KINDS,
        "industry_name": industry_name,
        "filtered": bool(wanted),
        "first": forms.address(LIST, q=wanted) if after else None,
        "more": forms.address(LIST, q=wanted, after=found.after) if found.after else None,
    }
    if is_partial():
        answer = fragment("admin/organisations/_list.html", **context)
        answer.headers["HX-Replace-Url"] = forms.address(LIST, q=wanted)
        return answer
    return page(
        "admin/organisations/index.html", "admin", here="organisations", form=form, **context
    )


@admin.get(f"{LIST}/suggestions")
@administrators
def suggest_organisations() -> Response:
    """Suggest organisations for letters that are being typed."""
    typed = request.args.get("organisation", "")
    if not is_partial():
        return redirect(forms.address(LIST, q=typed))
    suggested = queries.suggested_organisations(typed)
    return fragment("admin/organisations/_suggestions.html", suggested=suggested)


@admin.get(f"{LIST}/new")
@administrators
def new_organisation() -> Response:
    """Show the form for one more organisation."""
    return page("admin/organisations/new.html", "admin", **_form(forms.OrganisationForm(), None))


@admin.post(LIST)
@administrators
def add_organisation() -> Response:
    """Write down an organisation."""
    form = forms.OrganisationForm(request.form)
    if form.validate():
        try:
            with unit_of_work():
                added = actions.add_organisation(actor(), form.told(), clock.now())
        except NotAllowed as taken:
            refuse(form.name, taken.reason)
        else:
            notice(_("%(name)s is written down.", name=added.name))
            return redirect(f"{LIST}/{added.id}")
    return refusal("admin/organisations/new.html", FORM, "admin", **_form(form, None))


@admin.get(f"{LIST}/<int:number>")
@administrators
def organisation(number: int) -> Response:
    """Show an organisation: what is known of it, and who belongs to it."""
    held = found_organisation(number)
    return page(
        "admin/organisations/show.html", "admin", **_context(held, forms.organisation_form(held))
    )


@admin.post(f"{LIST}/<int:number>")
@administrators
def change_organisation(number: int) -> Response:
    """Change what is known of an organisation."""
    held = found_organisation(number)
    form = forms.organisation_form(held, request.form)
    if form.validate():
        try:
            with unit_of_work():
                changed = actions.change_organisation(actor(), held, form.told(), clock.now())
        except NotAllowed as taken:
            refuse(form.name, taken.reason)
        else:
            notice(_("It is saved.") if changed else _("Nothing was changed."))
            return redirect(f"{LIST}/{number}")
    if is_partial():
        return fragment(FORM, 422, **_form(form, held))
    return page("admin/organisations/show.html", "admin", 422, **_context(held, form))


def industry_name(code: str | None) -> str | None:
    """Return an industry's name in the reader's language."""
    section = industries.section(code) if code else None
    return section.name(language()) if section else None


def _context(organisation: Organisation, form: forms.OrganisationForm) -> dict[str, Any]:
    """Return what the page of an organisation needs."""
    after = request.args.get("after")
    people = queries.people_of_organisation(organisation.id, clock.now().date(), after)
    here = f"{LIST}/{organisation.id}"
    return _form(form, organisation) | {
        "people": [
            {
                "name": one.name,
                "href": f"/admin/people/{one.public_id}",
                "line": ", ".join(
                    filter(None, (str(KindName(one.kind_sv, one.kind_en)), one.title))
                ),
            }
            for one in people.rows
        ],
        "first": here if after else None,
        "more": forms.address(here, after=people.after) if people.after else None,
    }


def _form(form: forms.OrganisationForm, organisation: Organisation | None) -> dict[str, Any]:
    """Return what `_form.html` needs."""
    action = f"{LIST}/{organisation.id}" if organisation else LIST
    return {"form": form, "organisation": organisation, "action": action}
