"""Turn the second step of signing in on: give the app its secret, and get a code back."""

import io

import segno
from flask import Response, abort, request
from pyotp import TOTP

from portal.accounts import actions, forms, queries
from portal.accounts.models import SecondStep
from portal.accounts.policy import in_groups
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.limits import count_second_code
from portal.accounts.views.second_step import MINE, show_codes
from portal.accounts.views.sessions import here, me
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import Decision
from portal.people.queries import primary_address
from portal.web.brand import brand
from portal.web.forms import refuse
from portal.web.guards import proved
from portal.web.rendering import actor, page, redirect, refusal

SETTING_UP = ("accounts/second_step_setup.html", "accounts/_second_step_setup.html")


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
    count_second_code(me())
    form, session_id = forms.AppCodeForm(request.form), here().session_id
    if form.validate():
        with unit_of_work():
            at, typed = clock.now(), form.code.data or ""
            made = actions.turn_on_second_step(actor(), typed, session_id, at)
        if not isinstance(made, Decision):
            return show_codes(made, is_new=True)
        refuse(form.code, made.reason)
    return refusal(*SETTING_UP, form=form, secret=_readable(step))


def _in_the_making() -> SecondStep | None:
    step = queries.second_step_of(me())
    return step if step and step.confirmed_at is None else None


def _readable(step: SecondStep) -> str:
    return in_groups(actions.secret_of(step), 4, " ")


def _address_for_app(step: SecondStep) -> str:
    """Return what apps read: who it is for, and the secret (the otpauth form)."""
    name = primary_address(me()) or actor().name
    return TOTP(actions.secret_of(step)).provisioning_uri(name=name, issuer_name=brand().name)


def _picture(address: str) -> bytes:
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", scale=5, border=4, light="#fff", svgns=True
    )
    return drawn.getvalue()
