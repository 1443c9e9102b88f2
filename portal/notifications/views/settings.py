"""What one wants to be told: the page of all choices, and saving them."""

from typing import Any

from flask import Response, request

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.notifications import actions, queries
from portal.notifications.forms import PauseForm, WishesForm
from portal.notifications.models import USUAL_HOUR, Rhythm
from portal.notifications.policy import GATHERINGS, KINDS, Kind, is_open, receivable, whom
from portal.notifications.queries import MyNetwork
from portal.notifications.views.blueprint import notifications
from portal.web.guards import signed_in
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

PATH = "/notices/settings"
PAGE, FORM = "notifications/settings.html", "notifications/_wishes.html"
OFF = "notifications/_off.html"


@notifications.get(PATH)
@signed_in
def settings() -> Response:
    """Show everything that can be chosen."""
    return page(PAGE, **context())


@notifications.post(PATH)
@signed_in
def save_settings() -> Response:
    """Let what is chosen count from now on, in all networks that have no choices of their own."""
    form = WishesForm(kinds_of(queries.my_networks(actor())), request.form)
    if not form.validate():
        return refusal(PAGE, FORM, **context(form))
    with unit_of_work():
        changed = actions.choose(actor(), form.wishes(), *form.time.chosen(), clock.now())
    words = _("Saved. It counts from now on.") if changed else _("Nothing was changed.")
    if is_partial():
        return announced(fragment(FORM, **context()), words)
    notice(words)
    return redirect(PATH)


@notifications.post(f"{PATH}/lists")
@signed_in
def turn_on_list() -> Response:
    """Let mails come again that had been switched off by the link in one of them."""
    wanted = request.form.get("list", "")
    gathering = next((one for one in GATHERINGS if one == wanted), None)
    changed = False
    if gathering:
        with unit_of_work():
            changed = actions.turn_on(actor(), gathering, clock.now())
    words = _("They come again from now on.") if changed else _("Nothing was changed.")
    if is_partial():
        rhythm = queries.rhythm_of(actor().person_id or 0)
        return announced(fragment(OFF, off=off_lists(rhythm)), words)
    notice(words)
    return redirect(PATH)


def kinds_of(mine: list[MyNetwork]) -> list[Kind]:
    """Return what somebody can be told of who belongs to these networks."""
    return receivable(whom(actor(), [one.role for one in mine]))


def context(form: WishesForm | None = None, pausing: PauseForm | None = None) -> dict[str, Any]:
    """Return what the page and its parts need; a form that was sent stands as it was sent."""
    who = actor()
    person_id = who.person_id or 0
    mine, rhythm = queries.my_networks(who), queries.rhythm_of(person_id)
    kinds = kinds_of(mine)
    if form is None:
        stood = queries.choices_of([person_id])[person_id]
        told = {kind.code: stood.everywhere(kind.code) for kind in kinds}
        time = (rhythm.hour, rhythm.weekday) if rhythm else (USUAL_HOUR, 0)
        form = WishesForm(kinds, told=told, time=time)
    parts = {"form": form, "kinds": KINDS, "off": off_lists(rhythm), "networks": mine}
    return parts | pause_of(rhythm, pausing)


def off_lists(rhythm: Rhythm | None) -> list[tuple[str, Any, Any]]:
    """Return the lists that are off, with their names and since when."""
    since = {one: queries.off_since(rhythm, one) for one in GATHERINGS}
    return [(one, GATHERINGS[one], at) for one, at in since.items() if at is not None]


def pause_of(rhythm: Rhythm | None, form: PauseForm | None = None) -> dict[str, Any]:
    """Return how it stands with a pause, and the form to take one."""
    until = rhythm.paused_until if rhythm else None
    return {
        "is_paused": until is not None and until > clock.now(),
        "paused_until": until,
        "is_open": is_open(until),
        "pausing": form or PauseForm(),
    }
