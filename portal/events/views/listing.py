"""The list of events, and a network's own on its page."""

from typing import Any

from flask import Response, request

from portal.events import queries
from portal.events.views.blueprint import events
from portal.kernel.actors import Actor
from portal.networks.models import Network
from portal.networks.queries import named_for
from portal.web.freshness import public_page
from portal.web.rendering import actor, fragment, is_partial
from portal.web.sections import Section, section

SHOWN_IN_NETWORK = 4


@events.get("/events")
def index() -> Response:
    """Show what is coming, or what has been."""
    past = request.args.get("when") == "past"
    after = request.args.get("after")
    named = named_for(actor())
    network = _chosen({slug for _id, slug, _name in named})
    found = queries.listed(actor(), past=past, network=network, after=after)
    here = _address(past, network)
    context: dict[str, Any] = {
        "rows": found.rows,
        "past": past,
        "network": network,
        "first": here if after else None,
        "more": _address(past, network, found.after) if found.after else None,
    }
    if is_partial():
        answer = fragment("events/_answer.html", **context)
        answer.headers["HX-Replace-Url"] = here
        return answer
    return public_page("events/index.html", "events", (found, named), networks=named, **context)


@section("network", order=10)
def in_network(viewer: Actor, network: Network) -> Section:
    """Show a network's coming events on its page."""
    rows = queries.coming_in_network(viewer, network.id, SHOWN_IN_NETWORK)
    return Section("events/_in_network.html", {"rows": rows, "slug": network.slug})


def _chosen(slugs: set[str]) -> str | None:
    """Return the network asked for, if the reader may know of it; None shows all."""
    return next((slug for slug in request.args.getlist("network") if slug in slugs), None)


def _address(past: bool, network: str | None, after: str | None = None) -> str:
    """Return the address of this list; it is the whole state of the page."""
    parts = {"when": "past" if past else None, "network": network, "after": after}
    query = "&".join(f"{name}={value}" for name, value in parts.items() if value)
    return f"/events?{query}" if query else "/events"
