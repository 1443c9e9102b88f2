"""Find events and their guests, as far as the one who asks may see them."""

from portal.events.queries.guests import Guest, first_guests, seen_organiser
from portal.events.queries.listing import coming_for, coming_in_network, listed, my_coming
from portal.events.queries.one import Found, current_registration, found_event, left_behind
from portal.events.queries.visible import may_be_seen_by, visible_to

__all__ = [
    "Found",
    "Guest",
    "coming_for",
    "coming_in_network",
    "current_registration",
    "first_guests",
    "found_event",
    "left_behind",
    "listed",
    "may_be_seen_by",
    "my_coming",
    "seen_organiser",
    "visible_to",
]
