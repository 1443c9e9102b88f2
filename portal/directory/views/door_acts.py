"""What is done with one's door by one button: a break, the end of it, yes it still stands, close it."""

from flask import Response, request

from portal.directory.views.blueprint import directory
from portal.directory.views.door_showing import PATH
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import Lazy, _, _l
from portal.people import actions
from portal.people.queries import current_door
from portal.web.guards import signed_in
from portal.web.rendering import actor, notice, redirect


@directory.post(f"{PATH}/pause")
@signed_in
def pause_door() -> Response:
    """Take a break of a month."""
    with unit_of_work():
        changed = actions.pause_door(actor(), clock.now())
    return _answer(changed, _l("You take a break. Nobody sees your door for a month."))


@directory.post(f"{PATH}/pause/removal")
@signed_in
def resume_door() -> Response:
    """End the break."""
    with unit_of_work():
        changed = actions.resume_door(actor(), clock.now())
    return _answer(changed, _l("The break is over. Your door stands as before."))


@directory.post(f"{PATH}/confirmation")
@signed_in
def keep_door() -> Response:
    """Leave the door as it is for another half year."""
    with unit_of_work():
        door = current_door(actor().person_id or 0)
        changed = door is not None and actions.keep_door(door, clock.now())
    return _answer(changed, _l("Your door stays as it is for another half year."))


@directory.post(f"{PATH}/closing")
@signed_in
def close_door() -> Response:
    """Close the door; the rest of the choice stays, for the day it opens again."""
    with unit_of_work():
        door = current_door(actor().person_id or 0)
        changed = door is not None and actions.close_door(door, clock.now())
    return _answer(changed, _l("Your door is closed. Nobody sees it."))


def _answer(changed: bool, words: Lazy) -> Response:
    """Go back to where the button was, and say what was done."""
    notice(str(words) if changed else _("Nothing was changed."))
    return redirect("/journey" if request.form.get("on") == "journey" else PATH)
