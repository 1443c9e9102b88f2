"""Where people tell about themselves and choose who sees it."""

from portal.people.views import basics, choosing, freshness, listing, photo, showing, work
from portal.people.views.blueprint import profile

__all__ = [
    "basics",
    "choosing",
    "freshness",
    "listing",
    "photo",
    "profile",
    "showing",
    "work",
]
