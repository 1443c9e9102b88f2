"""One event's page, and its calendar file."""

from typing import Any

from flask import Response
from markupsafe import Markup

from portal.events import queries
from portal.events.calendar import calendar_of
from portal.events.policy import (
    is_full,
    is_over,
    may_give_back,
    may_see_guests,
    may_take_place,
)
from portal.events.queries import Found, Guest
from portal.events.views.blueprint import events, found
from portal.events.views.schema_org import gathering
from portal.kernel import clock
from portal.kernel.markup import markdown
from portal.web.brand import brand
from portal.web.links import absolute
from portal.web.rendering import actor, page


@events.get("/events/<slug>")
def show(slug: str) -> Response:
    """Show one event."""
    return page("events/show.html", "events", **page_context(found(slug)))


@events.get("/events/<slug>.ics")
def calendar_file(slug: str) -> Response:
    """Give one event as a calendar file."""
    event = found(slug).event
    body = calendar_of(event, absolute(""), brand().name, clock.now())
    headers = {"Content-Disposition": f'attachment; filename="{event.slug}.ics"'}
    return Response(body, 200, headers, content_type="text/calendar; charset=utf-8")


def registration_context(here: Found) -> dict[str, Any]:
    """Return what `_registration.html` needs, on the page and alone."""
    now = clock.now()
    event, registration = here.event, here.registration
    return {
        "event": event,
        "network": here.network,
        "registration": registration,
        "over": is_over(event, now),
        "full": is_full(event),
        "taking": may_take_place(actor(), event, registration, now),
        "giving_back": may_give_back(event, registration, now),
    }


def page_context(here: Found) -> dict[str, Any]:
    """Return what the whole page needs."""
    event = here.event
    guests = may_see_guests(actor(), event, belongs=here.belongs) and event.taken
    return registration_context(here) | {
        "organiser": _organiser(here),
        "description": Markup(markdown(event.description)),  # noqa: S704 - sanitised by kernel.markup
        "guests": queries.first_guests(actor(), event.id) if guests else (),
        "markup": gathering(event, here.network, brand().name, clock.now()),
    }


def _organiser(here: Found) -> Guest | None:
    if here.organiser is None:
        return None
    return queries.seen_organiser(actor(), here.organiser, near=here.shares_network)
