"""One's own door: look at it, try how it would be, set it."""

from flask import Response, request

from portal.directory import forms
from portal.directory.forms import DoorForm
from portal.directory.views.blueprint import directory
from portal.directory.views.door_showing import EFFECT, FORM, PAGE, PATH, context
from portal.kernel import clock
from portal.kernel.db import intend_to_write, release, unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.kernel.text import _
from portal.people.actions import set_door
from portal.people.policy.door import LONGEST_TOPIC
from portal.people.queries import current_door
from portal.taxonomy import skills
from portal.web.forms import clean
from portal.web.guards import signed_in
from portal.web.rendering import actor, fragment, is_partial, notice, page, redirect, refusal

TYPED = ("topic", "place", "organisation", "domain")


@directory.get(PATH)
@signed_in
def door() -> Response:
    """Show how one's door stands, and the form to have it otherwise."""
    return page(PAGE, "journey", **context())


@directory.post(PATH)
@signed_in
def choose_door() -> Response:
    """Let the choice count from now on."""
    form = _sent()
    filled = context(form)
    if form.errors:
        return refusal(PAGE, FORM, "journey", **filled)
    try:
        with unit_of_work():
            seen = form.seen.data or ""
            changed = set_door(actor(), forms.choice_in(form), seen, clock.now())
    except NotAllowed as stale:
        form.form_errors = [str(stale.reason)]
        form.seen.data = forms.seen_of(current_door(actor().person_id or 0))
        return refusal(PAGE, FORM, "journey", **context(form))
    notice(_("Your door stands as you chose.") if changed else _("Nothing was changed."))
    return redirect(PATH)


@directory.post(f"{PATH}/draft")
@signed_in
def draft_door() -> Response:
    """Add what is typed to what was picked, and say who would see it; nothing is kept."""
    _only_look()
    form = _sent()
    filled = context(form, searching=True, focus=_adding())
    if form.errors:
        return refusal(PAGE, FORM, "journey", **filled)
    return fragment(FORM, **filled) if is_partial() else page(PAGE, "journey", **filled)


@directory.post(f"{PATH}/effect")
@signed_in
def door_effect() -> Response:
    """Say who would see the door as it is being chosen; without htmx, on the page. Nothing is kept."""
    if not is_partial():
        return draft_door()
    _only_look()
    return fragment(EFFECT, **context(_sent(), searching=True))


@directory.get(f"{PATH}/topics")
@signed_in
def suggest_topics() -> Response:
    """Suggest topics that begin as typed; without htmx, on the page."""
    found = skills.suggested(request.args.get("topic", "")[:LONGEST_TOPIC])
    if is_partial():
        return fragment("directory/_door_suggested.html", suggested=found)
    return page(PAGE, "journey", **context() | {"suggested": found})


def _only_look() -> None:
    """Let go of the lock that a request which may write holds: counting takes a while."""
    intend_to_write(False)
    release()


def _adding() -> str:
    """Return the field that something was typed in or chosen for, to come back to it."""
    if request.form.get("suggested"):
        return "topic"
    asked = (request.form.get("add", ""), *TYPED)
    return next((name for name in asked if request.form.get(name)), asked[0])


def _sent() -> DoorForm:
    """Return the form as it was sent: checked, and what is typed among what was picked.

    A suggestion counts instead of the topic that was being typed.
    """
    form = DoorForm(request.form)
    form.topic.data = clean(request.form.get("suggested", "")) or form.topic.data
    form.validate()
    forms.pick(form)
    return form
