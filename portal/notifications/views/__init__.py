"""Pages of notices, of choices, and of the way out of a list."""

from portal.notifications.views import (
    listing,
    muting,
    networks,
    pausing,
    reading,
    settings,
    unsubscribing,
)
from portal.notifications.views.blueprint import notifications

__all__ = [
    "listing",
    "muting",
    "networks",
    "notifications",
    "pausing",
    "reading",
    "settings",
    "unsubscribing",
]
