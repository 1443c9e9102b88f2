"""Dates, times and numbers the way the reader writes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names

from portal.kernel import clock
from portal.kernel.text import LANGUAGES, _, _n, language

HOME = ZoneInfo(clock.DEFAULT_ZONE)
NO_BREAK = "\u00a0"
MONTHS = {code: get_month_names("wide", locale=code) for code in LANGUAGES}
SHORT_MONTHS = {code: get_month_names("abbreviated", locale=code) for code in LANGUAGES}
DAYS = {code: get_day_names("wide", locale=code) for code in LANGUAGES}
_clock: ContextVar[ZoneInfo] = ContextVar("clock", default=HOME)


@cache
def zone(name: str) -> ZoneInfo:
    """Return a time zone by name; Stockholm when the name is unknown."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError):
        return HOME


def local(instant: datetime, zone_name: str | None = None) -> datetime:
    """Return an instant as the clock on the wall shows it there."""
    return instant.astimezone(zone(zone_name) if zone_name else _clock.get())


def here() -> ZoneInfo:
    """Return the zone of the one being answered now."""
    return _clock.get()


def follow(zone_name: str | None) -> None:
    """Go by the clock of a zone from here on (set anew for each request); None is Stockholm's."""
    _clock.set(zone(zone_name) if zone_name else HOME)


@contextmanager
def by_the_clock_of(zone_name: str) -> Iterator[None]:
    """Go by another zone's clock for a while: a mail to somebody who lives there."""
    token = _clock.set(zone(zone_name))
    try:
        yield
    finally:
        _clock.reset(token)


def day(when: datetime | date, zone_name: str | None = None) -> str:
    """Write a day: "23 november", with the year when it is not this one."""
    on = local(when, zone_name) if isinstance(when, datetime) else when
    written = f"{on.day}{NO_BREAK}{MONTHS[language()][on.month]}"
    return written if on.year == local(clock.now()).year else f"{written} {on.year}"


def weekday(when: datetime, zone_name: str | None = None) -> str:
    """Write a day with its weekday: "måndag 23 november"."""
    return f"{DAYS[language()][local(when, zone_name).weekday()]} {day(when, zone_name)}"


def month(when: datetime | date) -> str:
    """Write a month and year: "november 2026"."""
    return f"{MONTHS[language()][when.month]} {when.year}"


def short_month(when: datetime, zone_name: str | None = None) -> str:
    """Write the month in a calendar leaf: "nov."."""
    return str(SHORT_MONTHS[language()][local(when, zone_name).month]).rstrip(".")


def day_number(when: datetime, zone_name: str | None = None) -> int:
    """Return the day of the month in a calendar leaf."""
    return local(when, zone_name).day


def time(when: datetime, zone_name: str | None = None) -> str:
    """Write a time of day: 18.00 in Swedish, 18:00 in English."""
    at = local(when, zone_name)
    return f"{at.hour:02}{'.' if language() == 'sv' else ':'}{at.minute:02}"


def ago(when: datetime) -> str:
    """Write how long ago a day was, in words, up to a month; then the day itself."""
    days = (local(clock.now()).date() - local(when).date()).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return _n("%(num)d day ago", "%(num)d days ago", days) if days <= 30 else day(when)


def until(when: datetime) -> str:
    """Write the last day of something: in words today and tomorrow, else the day itself."""
    days = (local(when).date() - local(clock.now()).date()).days
    if days <= 0:
        return _("today")
    return _("tomorrow") if days == 1 else day(when)


def iso(when: datetime) -> str:
    """Write an instant for machines (`<time datetime>`)."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def number(value: int) -> str:
    """Write a number with the reader's thousands: 12 345 in Swedish, 12,345 in English."""
    return f"{value:,}".replace(",", NO_BREAK) if language() == "sv" else f"{value:,}"


FILTERS = {
    "day": day,
    "weekday": weekday,
    "month": month,
    "short_month": short_month,
    "day_number": day_number,
    "time": time,
    "ago": ago,
    "until": until,
    "iso": iso,
    "number": number,
}
