"""Administrators answer those who want something about them put right."""

from typing import Any

from flask import Response, abort, request
from markupsafe import Markup

from portal.journey import actions, queries
from portal.journey.forms import AnswerForm
from portal.journey.policy import OUTCOME_NAMES, TELLINGS, may_answer
from portal.journey.queries import Reader, Wish
from portal.journey.views.blueprint import journey
from portal.journey.views.headings import label
from portal.journey.views.telling import sentence
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.kernel.text import _
from portal.web.dates import local
from portal.web.guards import administrators
from portal.web.rendering import actor, notice, page, redirect, refusal
from portal.web.sections import Section, section

LIST = "/journey/corrections"
PAGE, FRAGMENT = "journey/wish.html", "journey/_wish.html"


@section("admin", order=10)
def for_administrators(viewer: Actor, _nothing: None) -> Section:
    """Say on the administration's first page how many wait for an answer, if any do."""
    waiting = queries.count_waiting(viewer, clock.now())
    part = {"waiting": waiting, "most": queries.MOST_WAITING}
    return Section("journey/_waiting.html", part)


@journey.get("/journey/corrections")
@administrators
def wishes() -> Response:
    """List what people want put right: what waits, the longest first, or what is answered."""
    answered = request.args.get("state") == "answered"
    after = request.args.get("after")
    listed = queries.answered_wishes if answered else queries.waiting_wishes
    found = listed(actor(), clock.now(), after)
    here = f"{LIST}?state=answered" if answered else LIST
    more = f"{here}{'&' if answered else '?'}after={found.after}" if found.after else None
    context: dict[str, Any] = {"rows": found.rows, "answered": answered, "more": more}
    context |= {"first": here if after else None, "outcomes": OUTCOME_NAMES}
    return page("journey/wishes.html", "admin", **context)


@journey.get("/journey/corrections/<public_id>")
@administrators
def wish(public_id: str) -> Response:
    """Show what somebody wants put right, and the form to answer."""
    return page(PAGE, "admin", **_context(found_wish(public_id), AnswerForm()))


@journey.post("/journey/corrections/<public_id>/answer")
@administrators
def answer(public_id: str) -> Response:
    """Answer it, once; the person gets a mail."""
    found, form = found_wish(public_id), AnswerForm(request.form)
    if may_answer(actor(), found) and not form.validate():
        return refusal(PAGE, FRAGMENT, "admin", **_context(found, form))
    try:
        with unit_of_work():
            words, outcome = form.answer.data or "", form.outcome.data
            actions.answer_correction(actor(), found, outcome, words, clock.now())
        notice(_("%(person)s gets your answer by mail.", person=found.person))
    except NotAllowed as late:
        notice(str(late.reason), "info")
    return redirect(LIST)


def found_wish(public_id: str) -> Wish:
    """Return a wish, or answer 404 when there is none or it is not for this reader."""
    found = queries.found_wish(public_id, actor(), clock.now())
    if found is None:
        abort(404)
    return found


def _context(found: Wish, form: AnswerForm) -> dict[str, Any]:
    """Return what `_wish.html` needs, on the page and alone."""
    return {
        "wish": found,
        "about": _about(found),
        "form": form,
        "answering": may_answer(actor(), found),
        "outcomes": OUTCOME_NAMES,
    }


def _about(found: Wish) -> Markup | None:
    """Say what it is about, as far as staff are told; None of what is only the person's own."""
    if found.relation_id is not None:
        relation = queries.owned_relation(found.person_id, found.relation_id)
        return Markup.escape(label(relation, local(clock.now()).date())) if relation else None
    fact = queries.entry_of(found.person_id, found.fact_id) if found.fact_id else None
    if fact is None or TELLINGS[fact.name].seen_by == "me":
        return None
    reader = Reader(actor(), found.person_id, "staff", clock.now())
    thing = queries.names_of(reader, [fact]).get((fact.about, fact.thing_id))
    return sentence(fact, thing, "staff") if thing or fact.about is None else None
