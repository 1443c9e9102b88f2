"""When something is: by the clock of its own place and, where that differs, by the reader's."""

from datetime import datetime
from functools import cache
from typing import Protocol

from babel.dates import get_timezone_location

from portal.kernel.text import _, language
from portal.web.dates import here, local, time, weekday, zone


class Held(Protocol):
    """What is held at a place: it begins and ends, by that place's clock."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def timezone(self) -> str: ...


def city(zone_name: str) -> str:
    """Name the city of a zone in the reader's language: "Köpenhamn"."""
    return _city(str(zone(zone_name)), language())


@cache
def _city(zone_name: str, spoken: str) -> str:
    return str(get_timezone_location(zone_name, locale=spoken, return_city=True)).split("/")[-1]


def elsewhere(held: Held) -> bool:
    """Say whether the reader's clock shows another hour than the one where it is held."""
    return any(
        local(at, held.timezone).utcoffset() != local(at).utcoffset()
        for at in (held.starts_at, held.ends_at)
    )


def hours(held: Held, zone_name: str | None = None) -> str:
    """Write begin and end as hours: "18.00–20.00", with the day of the end when it is another."""
    first, last = local(held.starts_at, zone_name), local(held.ends_at, zone_name)
    until = time(held.ends_at, zone_name)
    if first.date() != last.date():
        until = f"{weekday(held.ends_at, zone_name)}, {until}"
    return f"{time(held.starts_at, zone_name)}–{until}"


def by_your_clock(held: Held, begin: bool = False) -> str:
    """Write when it is where the reader is: "12.30–14.30 i New York"; `begin`: not when it ends."""
    there = local(held.starts_at, held.timezone).date()
    written = time(held.starts_at) if begin else hours(held)
    if local(held.starts_at).date() != there:
        written = f"{weekday(held.starts_at)}, {written}"
    return _("%(time)s in %(place)s", time=written, place=city(str(here())))


def when(held: Held) -> str:
    """Write when it is, by its own clock, and by the reader's where that shows another hour.

    "måndag 23 november, 18.00–20.00"; the last day only when it is another.
    """
    written = f"{weekday(held.starts_at, held.timezone)}, {hours(held, held.timezone)}"
    if not elsewhere(held):
        return written
    named = _("%(when)s (time in %(place)s)", when=written, place=city(held.timezone))
    return f"{named}, {by_your_clock(held)}"


FILTERS = {"city": city, "elsewhere": elsewhere, "by_your_clock": by_your_clock, "when": when}
