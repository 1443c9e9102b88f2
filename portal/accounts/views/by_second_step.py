"""The second step of signing in: a page of its own, before there is a session."""

from typing import Any

from flask import Response, request, session

from portal.accounts import actions, forms, queries
from portal.accounts.actions import Entrance
from portal.accounts.models import FirstStep
from portal.accounts.policy import START_OVER, may_take_second_step
from portal.accounts.views.blueprint import TAKEN, accounts, attempt, welcome
from portal.accounts.views.limits import count_second_code
from portal.kernel import clock
from portal.web.forms import refuse
from portal.web.guards import limited
from portal.web.links import contact
from portal.web.rendering import notice, page, redirect, refusal
from portal.web.visits import browser

TEMPLATES = ("accounts/second_step_code.html", "accounts/_second_step_code.html")


@accounts.get("/sign-in/second-step")
def second_code() -> Response:
    """Ask for a code from the app, or for a printed one."""
    if not _waiting():
        return _start_over()
    return page(TEMPLATES[0], **_context(_form(None)))


@accounts.post("/sign-in/second-step")
@limited("30/5 minutes")
def enter_by_second_step() -> Response:
    """Sign in with the second code; after five wrong ones one starts from the beginning."""
    if not (first := _waiting()):
        return _start_over()
    # A stranger with the first step must not get five new tries for each time they take it.
    count_second_code(first.person_id)
    form, at_browser = _form(request.form), browser()
    if form.validate():
        typed = form.code.data or ""
        entered = attempt(lambda at: actions.take_second_step(first, typed, at_browser, at))
        if isinstance(entered, Entrance):
            return welcome(entered)
        if entered == START_OVER:
            return _start_over()
        refuse(form.code, entered.reason)
    return refusal(*TEMPLATES, **_context(form))


def _waiting() -> FirstStep | None:
    """Return the first step that was taken at this browser, if it still waits."""
    first = queries.first_step(session.get(TAKEN, ""))
    return first if first and may_take_second_step(first, clock.now()) else None


def _start_over() -> Response:
    if session.pop(TAKEN, None):
        notice(str(START_OVER.reason), "info")
    return redirect("/sign-in")


def _form(sent: Any) -> forms.AppCodeForm | forms.PrintedCodeForm:
    return forms.PrintedCodeForm(sent) if _is_printed() else forms.AppCodeForm(sent)


def _is_printed() -> bool:
    return request.values.get("with") == "printed"


def _context(form: forms.AppCodeForm | forms.PrintedCodeForm) -> dict[str, Any]:
    return {"form": form, "printed": _is_printed(), "contact": contact()}
