"""Ask for an entry or a relation of one's own to be put right (GDPR art. 16)."""

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, request
from markupsafe import Markup

from portal.journey import actions, queries
from portal.journey.forms import CorrectionForm
from portal.journey.models import Correction
from portal.journey.queries import Reader
from portal.journey.views.blueprint import journey
from portal.journey.views.entries import own_entry
from portal.journey.views.headings import label
from portal.journey.views.telling import sentence
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.web.dates import local
from portal.web.guards import limited, signed_in
from portal.web.rendering import actor, notice, page, redirect, refusal

PAGE, FRAGMENT = "journey/correcting.html", "journey/_correcting.html"


@dataclass(frozen=True)
class About:
    """What is to be put right: one of the two has a number."""

    fact_id: int | None
    relation_id: int | None
    words: Markup
    back: str


@journey.get("/journey/corrections/new")
@signed_in
def doubt() -> Response:
    """Show the form, or what has been asked about this and waits."""
    return page(PAGE, "journey", **_context(_about(request.args), CorrectionForm()))


@journey.post("/journey/corrections")
@signed_in
@limited("60/hour")
def ask() -> Response:
    """Ask for something to be put right."""
    about, form = _about(request.form), CorrectionForm(request.form)
    waiting = _waiting(about)
    if waiting is None and not form.validate():
        return refusal(PAGE, FRAGMENT, "journey", **_context(about, form))
    with unit_of_work():
        new = actions.ask_for_correction(
            actor(), about.fact_id, about.relation_id, form.text.data or "", clock.now()
        )
    if new:
        notice(_("Thank you. An administrator answers you here and by mail."))
    else:
        notice(
            _("You have already asked about this, and an administrator will answer you."), "info"
        )
    return redirect(about.back)


def _about(sent: Any) -> About:
    """Return what somebody means, if it is theirs, or answer 404."""
    fact_id, relation_id = _number(sent.get("entry")), _number(sent.get("relation"))
    if fact_id is not None:
        found = own_entry(fact_id)
        reader = Reader(actor(), actor().person_id or 0, "me", clock.now())
        thing = queries.names_of(reader, [found]).get((found.about, found.thing_id))
        words = sentence(found, thing, "me")
        return About(fact_id, None, words, f"/journey/entries/{fact_id}")
    relation = (
        queries.owned_relation(actor().person_id or 0, relation_id)
        if relation_id is not None
        else None
    )
    if relation is None:
        abort(404)
    words = Markup.escape(label(relation, local(clock.now()).date()))
    return About(None, relation_id, words, "/journey#corrections")


def _waiting(about: About) -> Correction | None:
    return queries.open_wish(actor().person_id or 0, about.fact_id, about.relation_id)


def _context(about: About, form: CorrectionForm) -> dict[str, Any]:
    return {"about": about, "form": form, "waiting": _waiting(about)}


def _number(sent: str | None) -> int | None:
    """Read a number that a row may have; None for all else."""
    return int(sent) if sent and sent.isascii() and sent.isdigit() and len(sent) < 10 else None
