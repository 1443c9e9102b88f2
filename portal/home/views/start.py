"""The start page: what is open, for a visitor; what has happened since last time, for a member."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response
from flask_login import current_user

from portal.accounts import queries as accounts
from portal.events import queries as events
from portal.home import queries
from portal.kernel import clock
from portal.networks import queries as networks
from portal.openings import queries as openings
from portal.web.freshness import public_page
from portal.web.rendering import actor, page

home = Blueprint("home", __name__)
SINCE_AT_MOST = timedelta(days=90)
SINCE_AT_FIRST = timedelta(days=14)
# Somebody who signs in twice a day has not read everything the first time.
SINCE_AT_LEAST = timedelta(days=7)
SHOWN_OPENINGS = 6
SHOWN_EVENTS = 4
SHOWN_NETWORKS = 6


@home.get("/")
def start() -> Response:
    """Show what is open, and to members what is new since they were here."""
    now = clock.now()
    context: dict[str, Any] = {
        "openings": openings.latest(actor(), now, SHOWN_OPENINGS),
        "events": events.coming_for(actor(), SHOWN_EVENTS),
        "now": now,
    }
    if not actor().is_signed_in:
        found, _count = networks.listed(actor(), networks.Filters())
        context["networks"] = found.rows[:SHOWN_NETWORKS]
        made_of = [context[name] for name in ("openings", "events", "networks")]
        return public_page("home/start.html", None, made_of, **context)
    since = _since(now)
    context |= {
        "events": [row for row in context["events"] if not row.mine],
        "since": since,
        "news": queries.news_of_networks(actor(), since),
        "answers": queries.answers_since(actor(), since),
        "mine": events.my_coming(actor(), SHOWN_EVENTS),
        "trouble": accounts.troubled_address(actor().person_id or 0),
        "waiting": len(networks.waiting_for(actor()).rows) if actor().is_coordinator else 0,
    }
    return page("home/member.html", **context)


def _since(now: datetime) -> datetime:
    """Return when the person was here last, within what one cares to read."""
    user: Any = current_user
    previous: datetime = user.signed_in.previous_at or now - SINCE_AT_FIRST
    return min(max(previous, now - SINCE_AT_MOST), now - SINCE_AT_LEAST)
