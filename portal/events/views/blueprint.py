"""Where the pages of events hang, and how they find their event."""

from flask import Blueprint, abort

from portal.events import queries
from portal.events.queries import Found
from portal.web.rendering import actor

events = Blueprint("events", __name__)


def found(slug: str) -> Found:
    """Find the event of an address; one the reader may not know of is a 404 like any other."""
    here = queries.found_event(slug, actor())
    if here is None:
        abort(404)
    return here
