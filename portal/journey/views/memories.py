"""Memories of one's own: write one down, change it, take it away."""

from flask import Response, abort, request

from portal.journey import actions, queries
from portal.journey.forms import MemoryForm, memory_form
from portal.journey.models import Memory
from portal.journey.policy import When, chapter_of, chapters
from portal.journey.views.blueprint import journey
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.people.queries import relations_of
from portal.web.dates import local
from portal.web.guards import limited, signed_in
from portal.web.rendering import actor, notice, page, redirect, refusal

PAGE, FRAGMENT = "journey/memory.html", "journey/_memory.html"


@journey.get("/journey/memories/new")
@signed_in
def think_back() -> Response:
    """Show an empty memory; `year` fills that in."""
    year = request.args.get("year", "")
    known = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None
    return page(PAGE, "journey", form=memory_form(year=known), memory=None)


@journey.post("/journey/memories")
@signed_in
@limited("120/hour")
def remember() -> Response:
    """Keep a memory."""
    form = _sent()
    when = form.when() if form.validate() else None
    if when is None:
        return refusal(PAGE, FRAGMENT, "journey", form=form, memory=None)
    with unit_of_work():
        text, shown = form.text.data or "", form.shown.data
        new = actions.add_memory(actor(), when, text, shown, clock.now())
    notice(_("Your memory stands in your journey.") if new else _("You have that memory already."))
    return redirect(_chapter(when))


@journey.get("/journey/memories/<public_id>")
@signed_in
def think_again(public_id: str) -> Response:
    """Show a memory, to be changed."""
    memory = own_memory(public_id)
    return page(PAGE, "journey", form=memory_form(memory), memory=memory)


@journey.post("/journey/memories/<public_id>")
@signed_in
def rewrite(public_id: str) -> Response:
    """Change a memory."""
    memory, form = own_memory(public_id), _sent()
    when = form.when() if form.validate() else None
    if when is None:
        return refusal(PAGE, FRAGMENT, "journey", form=form, memory=memory)
    with unit_of_work():
        memory = own_memory(public_id)
        text, shown = form.text.data or "", form.shown.data
        changed = actions.change_memory(memory, when, text, shown, clock.now())
    notice(_("Your memory is changed.") if changed else _("Your memory stays as it was."))
    return redirect(_chapter(when))


@journey.get("/journey/memories/<public_id>/removal")
@signed_in
def consider_forgetting(public_id: str) -> Response:
    """Ask whether one means to take a memory away."""
    return page("journey/removal.html", "journey", memory=own_memory(public_id))


@journey.post("/journey/memories/<public_id>/removal")
@signed_in
def forget(public_id: str) -> Response:
    """Take a memory away."""
    own_memory(public_id)
    with unit_of_work():
        actions.remove_memory(own_memory(public_id))
    notice(_("The memory is gone."))
    return redirect("/journey")


def own_memory(public_id: str) -> Memory:
    """Return a memory of the reader's own, or answer 404 as for one that never was."""
    memory = queries.found_memory(public_id, actor())
    if memory is None:
        abort(404)
    return memory


def _sent() -> MemoryForm:
    form = MemoryForm(request.form)
    form.offer()
    return form


def _chapter(when: When) -> str:
    """Return the address of the chapter in which a memory now stands."""
    now = clock.now()
    every = chapters(relations_of(actor().person_id or 0), local(now).date())
    chapter = chapter_of(every, local(min(when.instant(), now)).date())
    return f"/journey?chapter={chapter.key}#history" if len(every) > 1 else "/journey#history"
