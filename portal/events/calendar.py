"""An event as a calendar file (RFC 5545)."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

from portal.events.models import Event
from portal.kernel.markup import markdown, plain_text

# The zone is described for this long before and after: enough for any client, and short.
AROUND = timedelta(days=400)


def calendar_of(event: Event, base_url: str, brand: str, at: datetime) -> bytes:
    """Write one event as .ics; clients know it by its UID and take changes by their SEQUENCE."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{_line(brand)}//portal//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(event.title))
    calendar.add_component(_entry(event, base_url, at))
    calendar.add_missing_timezones(
        first_date=event.starts_at.date() - AROUND, last_date=event.ends_at.date() + AROUND
    )
    return bytes(calendar.to_ical())


def _entry(event: Event, base_url: str, at: datetime) -> Entry:
    address = f"{base_url}/events/{event.slug}"
    zone = ZoneInfo(event.timezone)
    entry = Entry()
    entry.add("uid", f"event-{event.id}@{urlsplit(base_url).hostname}")
    entry.add("dtstamp", at)
    entry.add("dtstart", event.starts_at.astimezone(zone))
    entry.add("dtend", event.ends_at.astimezone(zone))
    entry.add("created", event.created_at)
    entry.add("last-modified", event.updated_at)
    entry.add("sequence", event.sequence)
    entry.add("status", "CONFIRMED")
    entry.add("summary", _line(event.title))
    entry.add("description", f"{plain_text(markdown(event.description))}\n\n{address}".strip())
    entry.add("url", address)
    if where := ", ".join(filter(None, (event.place_name, event.address))):
        entry.add("location", _line(where))
    return entry


def _line(text: str) -> str:
    """Keep a title on one line: a line break would begin a property of its own."""
    return " ".join(text.split())
