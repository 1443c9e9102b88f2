"""Pages of events: the list, one event, taking a place and giving it back, the calendar file."""

from portal.events.views import listing, showing, taking
from portal.events.views.blueprint import events

__all__ = ["events", "listing", "showing", "taking"]
