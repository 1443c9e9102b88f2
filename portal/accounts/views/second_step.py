"""One's second step of signing in: turn it on and off, print codes."""

import io
from typing import Any

from flask import Response, abort, request

from portal.accounts import actions, forms, queries
from portal.accounts.models import SecondStep
from portal.accounts.policy import in_groups, is_staff
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.sessions import here, me
from portal.accounts.views.ways import settings
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import Decision
from portal.kernel.text import _
from portal.people.queries import primary_address
from portal.web.brand import brand
from portal.web.forms import refuse
from portal.web.guards import limited, proved
from portal.web.rendering import actor, fragment, is_partial, notice, page, redirect, refusal
from portal.web.throttle import count_try

PAGE = "accounts/second_step.html"
SETTING_UP = ("accounts/second_step_setup.html", "accounts/_second_step_setup.html")
CODES = ("accounts/second_step_codes.html", "accounts/_second_step_codes.html")
MINE = "/account/second-step"


@accounts.get("/account/second-step")
@proved
def second_step() -> Response:
    """Say whether there is a second step, and offer to turn it on or off."""
    return page(PAGE, **_context(forms.TurnOffForm()))


@accounts.post("/account/second-step/beginning")
@proved
def begin_second_step() -> Response:
    """Make a secret for the app."""
    with unit_of_work():
        actions.begin_second_step(actor(), clock.now())
    return redirect(f"{MINE}/setup")


@accounts.get("/account/second-step/setup")
@proved
def set_up_second_step() -> Response:
    """Show the secret as a picture and in letters, and ask for a code of the app."""
    if not (step := _in_the_making()):
        return redirect(MINE)
    return page(SETTING_UP[0], form=forms.AppCodeForm(), secret=_readable(step))


@accounts.get("/account/second-step/picture.svg")
@proved
def second_step_picture() -> Response:
    """Draw the secret for the app's camera (a QR code); kept by nobody on the way."""
    step = _in_the_making() or abort(404)
    return Response(_picture(_address_for_app(step)), mimetype="image/svg+xml")


@accounts.post("/account/second-step/setup")
@proved
def turn_on_second_step() -> Response:
    """Turn it on with a code of the app, and show the printed codes, this once."""
    if not (step := _in_the_making()):
        return redirect(MINE)
    count_try("20/hour", "second step", str(me()))
    form, session_id = forms.AppCodeForm(request.form), here().session_id
    if form.validate():
        with unit_of_work():
            at, typed = clock.now(), form.code.data or ""
            made = actions.turn_on_second_step(actor(), typed, session_id, at)
        if not isinstance(made, Decision):
            return _codes(made, is_new=True)
        refuse(form.code, made.reason)
    return refusal(*SETTING_UP, form=form, secret=_readable(step))


@accounts.post("/account/second-step/codes")
@proved
@limited("10/5 minutes")
def print_codes_anew() -> Response:
    """Make new printed codes, and show them, this once."""
    if not queries.has_second_step(me()):
        return redirect(MINE)
    with unit_of_work():
        made = actions.print_codes_anew(actor(), clock.now())
    return _codes(made, is_new=False)


@accounts.post("/account/second-step/removal")
@proved
def turn_off_second_step() -> Response:
    """Turn it off with a code of the app or on paper."""
    if not queries.has_second_step(me()):
        return redirect(MINE)
    count_try("20/hour", "second step", str(me()))
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


def _context(form: forms.TurnOffForm) -> dict[str, Any]:
    step = queries.second_step_of(me())
    return {
        "step": step if step and step.confirmed_at else None,
        "left": queries.printed_codes_left(me()),
        "form": form,
        "is_staff": is_staff(actor()),
        "is_required": settings().staff_second_step and is_staff(actor()),
    }


def _codes(made: list[str], *, is_new: bool) -> Response:
    """Show printed codes: in the answer itself, since nothing but their digests is kept."""
    context: dict[str, Any] = {"codes": [in_groups(one, 5, "-") for one in made], "is_new": is_new}
    if is_partial():
        return fragment(CODES[1], **context)
    return page(CODES[0], **context)


def _in_the_making() -> SecondStep | None:
    step = queries.second_step_of(me())
    return step if step and step.confirmed_at is None else None


def _readable(step: SecondStep) -> str:
    return in_groups(actions.secret_of(step), 4, " ")


def _address_for_app(step: SecondStep) -> str:
    """Return what apps read: who it is for, and the secret (the otpauth form)."""
    from pyotp import TOTP

    name = primary_address(me()) or actor().name
    return TOTP(actions.secret_of(step)).provisioning_uri(name=name, issuer_name=brand().name)


def _picture(address: str) -> bytes:
    from segno import make

    drawn = io.BytesIO()
    make(address, error="m").save(drawn, kind="svg", scale=5, border=4, light="#fff", svgns=True)
    return drawn.getvalue()
