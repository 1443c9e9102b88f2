"""Pages of events: the list, one event, taking a place and giving it back, the calendar file."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, request
from markupsafe import Markup

from portal.events import actions, queries
from portal.events.calendar import calendar_of
from portal.events.policy import is_over, may_give_back, may_take_place
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import Decision
from portal.kernel.markup import markdown
from portal.kernel.text import _
from portal.networks.queries import named_for
from portal.people.policy import may_see_name
from portal.web.brand import brand
from portal.web.guards import signed_in
from portal.web.rendering import actor, announced, fragment, is_partial, notice, page, redirect
from portal.web.sections import Section, section

events = Blueprint("events", __name__)
SHOWN_IN_NETWORK = 4


@events.get("/events")
def index() -> Response:
    """Show what is coming, or what has been."""
    past = request.args.get("when") == "past"
    named = named_for(actor())
    known = {slug for _id, slug, _name in named}
    network = next((slug for slug in request.args.getlist("network") if slug in known), None)
    after = request.args.get("after")
    found = queries.listed(actor(), past=past, network=network, after=after)
    context: dict[str, Any] = {"found": found, "past": past, "network": network, "after": after}
    if is_partial():
        return fragment("events/_list.html", **context)
    return page("events/index.html", "events", networks=named, **context)


@events.get("/events/<slug>")
def show(slug: str) -> Response:
    """Show one event."""
    found = _found(slug)
    event, organiser = found.event, found.organiser
    knows = organiser is not None and may_see_name(
        actor(), _Named(organiser.id, organiser.name_shown), share_network=found.belongs
    )
    return page(
        "events/show.html",
        "events",
        network=found.network,
        organiser=organiser if knows else None,
        description=Markup(markdown(event.description)),  # noqa: S704 - sanitised by kernel.markup
        guests=queries.guests(actor(), event.id, belongs=found.belongs),
        **_registration_context(found),
    )


@events.post("/events/<slug>/registration")
@signed_in
def take_place(slug: str) -> Response:
    """Take a place."""
    found = _found(slug)
    with unit_of_work():
        decision = actions.take_place(actor(), found.event, clock.now())
    return _answer(slug, decision, _("You have a place. Welcome!"))


@events.post("/events/<slug>/cancellation")
@signed_in
def give_back(slug: str) -> Response:
    """Give one's place back."""
    found = _found(slug)
    with unit_of_work():
        actions.give_back_place(actor(), found.event, clock.now())
    return _answer(slug, None, _("Your place is free for somebody else. Thank you for telling us."))


@events.get("/events/<slug>.ics")
def calendar_file(slug: str) -> Response:
    """Give one event as a calendar file."""
    event = _found(slug).event
    settings = current_app.extensions["settings"]
    body = calendar_of(event, settings.base_url, brand().name, clock.now())
    headers = {"Content-Disposition": f'attachment; filename="{event.slug}.ics"'}
    return Response(body, 200, headers, content_type="text/calendar; charset=utf-8")


class _Named:
    """A person as the rule about names wants to see them."""

    def __init__(self, person_id: int, name_shown: str) -> None:
        self.person_id = person_id
        self.name_shown = name_shown


def _found(slug: str) -> queries.Found:
    found = queries.found_event(slug, actor())
    if found is None:
        abort(404)
    return found


def _registration_context(found: queries.Found) -> dict[str, Any]:
    """Say what the registration fragment needs, for the page and for htmx alike."""
    now = clock.now()
    event, registration = found.event, found.registration
    return {
        "event": event,
        "registration": registration,
        "over": is_over(event, now),
        "taking": may_take_place(actor(), event, registration, now),
        "giving_back": may_give_back(event, registration, now),
    }


def _answer(slug: str, decision: Decision | None, words: str) -> Response:
    """Show the registration as it now stands; a place that was gone answers 409."""
    refused = decision is not None and not decision
    if refused:
        words = _("The last place was taken a moment ago. We are sorry.")
    if is_partial():
        context = _registration_context(_found(slug))
        answer = fragment("events/_registration.html", 409 if refused else 200, **context)
        return announced(answer, words)
    notice(words, "warning" if refused else "success")
    return redirect(f"/events/{slug}")


@section("network", order=10)
def in_network(viewer: Actor, network: Any) -> Section:
    """Show a network's coming events on its page."""
    rows = queries.coming_in_network(viewer, network.id, SHOWN_IN_NETWORK)
    return Section("events/_in_network.html", {"rows": rows, "slug": network.slug})
