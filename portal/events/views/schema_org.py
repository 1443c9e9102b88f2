"""An event as schema.org Event, for search engines, and only while it is public and to come."""

from datetime import datetime
from typing import Any

from portal.events.models import Event
from portal.events.policy import is_over
from portal.kernel.markup import markdown, plain_text
from portal.networks.models import Network
from portal.web.dates import local
from portal.web.links import absolute

SCHEMA = "https://schema.org"


def gathering(
    event: Event, network: Network | None, host: str, at: datetime
) -> dict[str, Any] | None:
    """Say what a visitor's page shows; None for what a visitor does not see, or what has been."""
    hidden = network is not None and network.visibility == "hidden"
    if event.audience != "public" or hidden or is_over(event, at):
        return None
    address = absolute(f"/events/{event.slug}")
    said: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "Event",
        "name": event.title,
        "startDate": local(event.starts_at, event.timezone).isoformat(),
        "endDate": local(event.ends_at, event.timezone).isoformat(),
        "eventStatus": f"{SCHEMA}/EventScheduled",
        "eventAttendanceMode": f"{SCHEMA}/{_attendance(event)}",
        "location": _places(event, address),
        "description": plain_text(markdown(event.description)),
        "organizer": {"@type": "Organization", "name": host, "url": absolute("/")},
        "url": address,
    }
    if event.capacity is not None:
        said["maximumAttendeeCapacity"] = event.capacity
        said["remainingAttendeeCapacity"] = event.capacity - event.taken
    return said


def _attendance(event: Event) -> str:
    if not event.place_name:
        return "OnlineEventAttendanceMode"
    return "MixedEventAttendanceMode" if event.online_url else "OfflineEventAttendanceMode"


def _places(event: Event, address: str) -> list[dict[str, str]]:
    """Name the places; the way in online is for those with a place, so the page stands for it."""
    places = []
    if event.place_name:
        place = {"@type": "Place", "name": event.place_name}
        places.append(place | {"address": event.address} if event.address else place)
    if event.online_url or not event.place_name:
        places.append({"@type": "VirtualLocation", "url": address})
    return places
