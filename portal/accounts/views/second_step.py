"""One's second step of signing in: see it, turn it off, print codes."""

from typing import Any

from flask import Response, request

from portal.accounts import actions, forms, queries
from portal.accounts.policy import in_groups, is_staff
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.limits import count_second_code
from portal.accounts.views.sessions import me
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.settings import settings
from portal.kernel.text import _
from portal.web.forms import refuse
from portal.web.guards import limited, proved
from portal.web.rendering import actor, notice, page, redirect, refusal

PAGE = "accounts/second_step.html"
MINE = "/account/second-step"


@accounts.get("/account/second-step")
@proved
def second_step() -> Response:
    """Say whether there is a second step, and offer to turn it on or off."""
    return page(PAGE, **_context(forms.TurnOffForm()))


@accounts.post("/account/second-step/codes")
@proved
@limited("10/5 minutes")
def print_codes_anew() -> Response:
    """Make new printed codes, and show them, this once."""
    if not queries.has_second_step(me()):
        return redirect(MINE)
    with unit_of_work():
        made = actions.print_codes_anew(actor(), clock.now())
    return show_codes(made, is_new=False)


@accounts.post("/account/second-step/removal")
@proved
def turn_off_second_step() -> Response:
    """Turn it off with a code of the app or on paper."""
    if not queries.has_second_step(me()):
        return redirect(MINE)
    count_second_code(me())
    form = forms.TurnOffForm(request.form)
    if form.validate():
        with unit_of_work():
            done = actions.turn_off_second_step(actor(), form.code.data or "", clock.now())
        if done:
            notice(_("The second step is off. You sign in with one step again."))
            return redirect(MINE)
        refuse(form.code, done.reason)
    return refusal(PAGE, "accounts/_second_step_off.html", **_context(form))


@accounts.get("/account/second-step/beginning")
@accounts.get("/account/second-step/codes", endpoint="return_from_codes")
@accounts.get("/account/second-step/removal", endpoint="return_from_second_step_removal")
@proved
def return_to_second_step() -> Response:
    """Lead somebody who opens the address of a form back to its page."""
    return redirect(MINE)


def show_codes(made: list[str], *, is_new: bool) -> Response:
    """Show printed codes: in the answer itself, since nothing but their digests is kept."""
    codes = [in_groups(one, 5, "-") for one in made]
    return page("accounts/second_step_codes.html", codes=codes, is_new=is_new)


def _context(form: forms.TurnOffForm) -> dict[str, Any]:
    step = queries.second_step_of(me())
    return {
        "step": step if step and step.confirmed_at else None,
        "left": queries.printed_codes_left(me()),
        "form": form,
        "is_staff": is_staff(actor()),
        "is_required": settings().staff_second_step and is_staff(actor()),
    }
