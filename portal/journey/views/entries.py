"""One entry: who reads it and how, and whether the networks may."""

from typing import Any

from flask import Response, abort

from portal.journey import actions, queries
from portal.journey.policy import OUTCOME_NAMES, Sight, may_hide, readers_of
from portal.journey.queries import Happening, Named, Reader
from portal.journey.views.blueprint import journey
from portal.journey.views.telling import entry_of, sentence
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.web.guards import signed_in
from portal.web.rendering import actor, announced, fragment, is_partial, notice, page, redirect

FRAGMENT = "journey/_hiding.html"


@journey.get("/journey/entries/<int:fact_id>")
@signed_in
def entry(fact_id: int) -> Response:
    """Show one entry of one's own journey, and how others read it."""
    found = own_entry(fact_id)
    context = entry_context(found) | {
        "wishes": queries.wishes_about(actor().person_id or 0, fact_id),
        "outcomes": OUTCOME_NAMES,
    }
    return page("journey/entry.html", "journey", **context)


@journey.post("/journey/entries/<int:fact_id>/hiding")
@signed_in
def hide(fact_id: int) -> Response:
    """Keep an entry from the networks."""
    found = own_entry(fact_id)
    with unit_of_work():
        actions.hide_entry(actor(), found, clock.now())
    return _answer(fact_id, _("Your networks no longer read this."))


@journey.post("/journey/entries/<int:fact_id>/showing")
@signed_in
def unhide(fact_id: int) -> Response:
    """Let the networks read an entry again."""
    found = own_entry(fact_id)
    with unit_of_work():
        actions.show_entry(actor(), found)
    return _answer(fact_id, _("Your networks may read this again, if you show them your journey."))


def own_entry(fact_id: int) -> Happening:
    """Return an entry of the reader's own, or answer 404 as for one that never was."""
    found = queries.entry_of(actor().person_id or 0, fact_id)
    if found is None:
        abort(404)
    return found


def entry_context(found: Happening) -> dict[str, Any]:
    """Return what `_hiding.html` needs, on the page and alone."""
    reader = Reader(actor(), actor().person_id or 0, "me", clock.now())
    thing = queries.names_of(reader, [found]).get((found.about, found.thing_id))
    return {
        "entry": entry_of(found, thing, "me"),
        "hiding": may_hide(found),
        "candidate": _is_candidate(found, thing),
        "told": {sight: _told(found, thing, sight) for sight in ("staff", "network")},
    }


def _told(found: Happening, thing: Named | None, sight: Sight) -> str | None:
    """Return how others read an entry, if they may; a memory says itself to whom it is told."""
    if sight not in readers_of(found.name, private=thing is None or thing.shown == "nobody"):
        return None
    if found.about == "memory":
        return _("The memory, as it stands here.")
    return sentence(found, thing, sight)


def _is_candidate(found: Happening, thing: Named | None) -> bool:
    return found.about == "relation" and (thing is None or thing.shown == "nobody")


def _answer(fact_id: int, words: str) -> Response:
    if is_partial():
        return announced(fragment(FRAGMENT, **entry_context(own_entry(fact_id))), words)
    notice(words)
    return redirect(f"/journey/entries/{fact_id}")
