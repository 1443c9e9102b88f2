"""When somebody is written to: the turns of their digests, and the hour between mails at once."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from portal.kernel.clock import DEFAULT_ZONE

Turn = Literal["daily", "weekly"]
TURNS: tuple[Turn, ...] = ("daily", "weekly")
BETWEEN_MAILS = timedelta(hours=1)
_JUST_BEFORE = timedelta(microseconds=1)


@dataclass(frozen=True)
class Habit:
    """When somebody reads: at an hour by their clock, the weekly digest on one day (0 is Monday)."""

    zone: str
    hour: int
    weekday: int

    def next(self, turn: Turn, after: datetime) -> datetime:
        """Return the first turn after an instant, in UTC; a local day has exactly one.

        Where the hour is left out that day, it is the instant when it would have been; where it
        comes twice, the first.
        """
        zone = _zone(self.zone)
        day = after.astimezone(zone).date() - timedelta(days=1)
        while True:
            at = datetime.combine(day, time(self.hour), zone).astimezone(UTC)
            if at > after and (turn == "daily" or day.weekday() == self.weekday):
                return at
            day += timedelta(days=1)

    def passed(self, since: datetime, now: datetime) -> frozenset[Turn]:
        """Return the digests whose turn came from `since` until now: once, however many turns."""
        return frozenset(turn for turn in TURNS if self.next(turn, since - _JUST_BEFORE) <= now)


def first_mail(told_at: datetime | None, at: datetime) -> datetime:
    """Return when the next mail at once may go: an hour after the one before."""
    return at if told_at is None else max(at, told_at + BETWEEN_MAILS)


@cache
def _zone(name: str) -> ZoneInfo:
    """Return a zone by name; the usual one when nobody knows it any more."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError):
        return ZoneInfo(DEFAULT_ZONE)
