"""Where the mailed question leads: does the door still stand? Opening the link answers nothing."""

from typing import Any

from flask import Response, abort

from portal.directory.policy.doors import POSITION_NAMES
from portal.directory.views.blueprint import directory
from portal.kernel import clock, keys
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.people import actions
from portal.people.models import Door
from portal.people.policy.door import is_over, may_answer_by_link
from portal.people.queries import door_called
from portal.web.guards import limited
from portal.web.rendering import (
    announced,
    fragment,
    is_partial,
    notice,
    page,
    redirect,
    refusal,
)

QUESTION = ("directory/door_question.html", "directory/_door_question.html")
LINK = "/door/<public_id>/<secret>"
LIMIT = "30/5 minutes"


@directory.get(LINK)
def door_question(public_id: str, secret: str) -> Response:
    """Show two buttons, to whoever reads the mailbox; scanners that open the link change nothing."""
    return page(QUESTION[0], **_context(_found(public_id, secret), secret))


@directory.post(f"{LINK}/confirmation")
@limited(LIMIT)
def keep_by_link(public_id: str, secret: str) -> Response:
    """Leave the door as it is; without signing in, since the link is the proof."""
    return _answered(public_id, secret, closing=False)


@directory.post(f"{LINK}/closing")
@limited(LIMIT)
def close_by_link(public_id: str, secret: str) -> Response:
    """Close the door; without signing in."""
    return _answered(public_id, secret, closing=True)


def _answered(public_id: str, secret: str, *, closing: bool) -> Response:
    """Do what was answered, once."""
    at = clock.now()
    with unit_of_work():
        door = _found(public_id, secret)
        act = actions.close_door if closing else actions.keep_door
        done = bool(may_answer_by_link(door, at)) and act(door, at)
    context = _context(_found(public_id, secret), secret)
    if not done:
        return refusal(*QUESTION, **context)
    kept = _("Thank you. Your door stays as it is for another half year.")
    words = _("Thank you. Your door is closed. Nobody sees it.") if closing else kept
    if is_partial():
        return announced(fragment(QUESTION[1], **context), words)
    notice(words)
    return redirect(context["path"])


def _found(public_id: str, secret: str) -> Door:
    door = door_called(public_id)
    if door is None or not keys.same(secret, actions.question_secret(door)):
        abort(404)
    return door


def _context(door: Door, secret: str) -> dict[str, Any]:
    """Return what the page needs; how the door stands is told only while it can be answered."""
    at = clock.now()
    return {
        "door": door,
        "path": f"/door/{door.public_id}/{secret}",
        "problem": may_answer_by_link(door, at).reason,
        "over": is_over(door, at.date()),
        "positions": POSITION_NAMES,
    }
