"""The page of one's notices, by day."""

from itertools import groupby
from typing import Any

from flask import Response, request

from portal.kernel import clock
from portal.kernel.paging import encode
from portal.kernel.text import _
from portal.notifications import queries
from portal.notifications.queries import Shown
from portal.notifications.views.blueprint import notifications
from portal.web.dates import local, weekday
from portal.web.guards import signed_in
from portal.web.rendering import actor, page, unread

PATH = "/notices"


@notifications.get("/notices")
@signed_in
def index() -> Response:
    """List what the reader has been told: all of it, or what they have not read."""
    show, after = request.args.get("show", ""), request.args.get("after")
    context = list_context(show, unread(), after)
    return page("notifications/index.html", "notices", **context)


def list_context(show: str, unread_now: int, after: str | None = None) -> dict[str, Any]:
    """Return what `_list.html` needs, on the page and alone."""
    show = "unread" if show == "unread" else ""
    here = f"{PATH}?show=unread" if show else PATH
    found = queries.notices_of(actor(), clock.now(), unread=bool(show), after=after)
    join = "&" if show else "?"
    newest = found.rows[0] if found.rows and not after else None
    return {
        "days": _by_day(found.rows),
        "show": show,
        # All that is read at once is what stood here, not what has come since.
        "newest": encode(newest.at.isoformat(), newest.id) if newest else None,
        "unread": unread_now,
        "first": here if after else None,
        "more": f"{here}{join}after={found.after}" if found.after else None,
        "here": here,
    }


def _by_day(rows: Any) -> list[tuple[str, list[Shown]]]:
    """Group notices, newest first, under their days by the reader's clock."""
    days = groupby(rows, key=lambda shown: local(shown.at).date())
    return [(_day(many[0]), many) for many in (list(group) for _date, group in days)]


def _day(shown: Shown) -> str:
    passed = (local(clock.now()).date() - local(shown.at).date()).days
    if passed == 0:
        return _("Today")
    written = weekday(shown.at)
    return _("Yesterday") if passed == 1 else written[0].upper() + written[1:]
