"""Today: everything that waits for a coordinator, in one place."""

from flask import Blueprint, Response, abort, request

from portal.kernel import clock
from portal.networks.queries import waiting_for
from portal.web.guards import signed_in, staff
from portal.web.rendering import actor, page

today = Blueprint("today", __name__)


@today.get("/today")
@signed_in
@staff
def show() -> Response:
    """Show who waits for an answer; for those who coordinate nothing there is no such page."""
    if not actor().is_coordinator:
        abort(404)
    after = request.args.get("after")
    waiting = waiting_for(actor(), after=after)
    first = "/today" if after else None
    return page("home/today.html", "today", waiting=waiting, first=first, now=clock.now())
