"""Tell where one has worked."""

from typing import Any

from flask import Response, abort, request

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.kernel.text import _
from portal.people import actions, queries
from portal.people.forms import WorkForm, work_form
from portal.people.models import Work
from portal.people.views.blueprint import possible, profile
from portal.people.views.showing import PATH, answer
from portal.web.forms import refuse
from portal.web.guards import signed_in
from portal.web.rendering import actor, notice, page, redirect, refusal

PAGE, FORM = "people/work.html", "people/_work_form.html"
NEW = f"{PATH}/work"


@profile.get(NEW)
@signed_in
def new_work() -> Response:
    """Show the form for another workplace."""
    return page(PAGE, "journey", **_context(WorkForm(), NEW))


@profile.post(NEW)
@signed_in
def add_work() -> Response:
    """Add a workplace."""
    form = WorkForm(request.form)
    if not form.validate():
        return refusal(PAGE, FORM, "journey", **_context(form, NEW))
    try:
        with unit_of_work():
            actions.add_work(actor(), form.told(), clock.now())
    except NotAllowed as full:
        refuse(form.workplace, full.reason)
        return refusal(PAGE, FORM, "journey", **_context(form, NEW))
    return _saved()


@profile.get("/journey/profile/work/<int:number>")
@signed_in
def work(number: int) -> Response:
    """Show the form with what has been told of a workplace."""
    return page(PAGE, "journey", **_context(work_form(_own(number)), f"{NEW}/{number}", number))


@profile.post("/journey/profile/work/<int:number>")
@signed_in
def change_work(number: int) -> Response:
    """Change what has been told of a workplace."""
    form = WorkForm(request.form)
    with unit_of_work():
        one = _own(number)
        if form.validate():
            actions.change_work(actor(), one, form.told(), clock.now())
            return _saved()
    return refusal(PAGE, FORM, "journey", **_context(form, f"{NEW}/{number}", number))


@profile.post("/journey/profile/work/<int:number>/removal")
@signed_in
def remove_work(number: int) -> Response:
    """Take a workplace away; one that is gone already is no error."""
    with unit_of_work():
        actions.remove_work(actor(), possible(number), clock.now())
    return answer("work", _("The workplace is taken away."))


def _own(number: int) -> Work:
    found = queries.own_work(actor(), possible(number))
    if found is None:
        abort(404)
    return found


def _context(form: WorkForm, path: str, number: int | None = None) -> dict[str, Any]:
    return {"form": form, "path": path, "number": number}


def _saved() -> Response:
    notice(_("Where you have worked is saved."))
    return redirect(f"{PATH}#work")
