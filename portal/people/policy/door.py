"""Rules of the door: who may know of it, how long it stands, what there is room for."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, Protocol

from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.search.analysis import fold
from portal.kernel.text import _l

Position = Literal["closed", "ajar", "open"]
Ground = Literal["coordinators", "administrators", "members"]
Form = Literal["employed", "consultant", "gig"]

# Whoever sees the name, stands on our side of the two-hats wall and has one of these grounds.
KNOWN_TO: dict[Position, frozenset[Ground]] = {
    "closed": frozenset(),
    "ajar": frozenset({"coordinators", "administrators"}),
    "open": frozenset({"coordinators", "administrators", "members"}),
}
FORMS: tuple[Form, ...] = ("employed", "consultant", "gig")
CONTACT_MONTHS = (1, 2, 3, 6, 12)
MONTHS_OPEN, MONTHS_PAUSED = 6, 1
ASKED_BEFORE = timedelta(days=14)
LINK_LIVES = timedelta(days=30)
MOST_TOPICS, MOST_PLACES, MOST_ORGANISATIONS, MOST_DOMAINS = 30, 20, 20, 20
LONGEST_TOPIC = 80  # characters
LONGEST_PAUSE, LATEST_START = 24, 60  # months ahead
STALE = _l(
    "Your door was changed in another window meanwhile. See below how it stands now, and save again "
    "if you want it like this instead."
)
LINK_IS_OVER = _l(
    "This link has done its work or is too old. Sign in to see how your door stands and to change it."
)


@dataclass(frozen=True)
class Choice:
    """How somebody wants their door: topics by their words, places by SCB's codes."""

    position: Position = "closed"
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    forms: frozenset[Form] = frozenset()
    earliest_on: date | None = None
    contact_months: int | None = None
    paused_until: date | None = None
    organisations: frozenset[int] = frozenset()
    domains: frozenset[str] = frozenset()

    @property
    def expires_on(self) -> date | None:
        """Return None: what is being chosen has all its time before it."""
        return None

    def means(self, today: date) -> dict[str, object]:
        """Return what is chosen, in whatever order it was written; days that are gone say nothing."""
        days = {"earliest_on": self.earliest_on, "paused_until": self.paused_until}
        return {
            **vars(self),
            **{name: day if day and day >= today else None for name, day in days.items()},
            "topics": frozenset(map(topic_key, self.topics)),
            "places": frozenset(self.places),
        }


class Standing(Protocol):
    """A door, as far as these rules look at it."""

    @property
    def position(self) -> str: ...
    @property
    def paused_until(self) -> date | None: ...
    @property
    def expires_on(self) -> date | None: ...


class Asked(Standing, Protocol):
    """A door whose person was asked whether it still stands."""

    @property
    def asked_at(self) -> datetime | None: ...
    @property
    def ended_at(self) -> datetime | None: ...


def is_paused(door: Standing, today: date) -> bool:
    """Say whether the person takes a break."""
    return door.paused_until is not None and door.paused_until >= today


def is_over(door: Standing, today: date) -> bool:
    """Say whether its time is over, and nobody has said that it stays."""
    return door.expires_on is not None and door.expires_on <= today


def counts_as(door: Standing, today: date) -> Position:
    """Return the position in which everybody else finds the door."""
    if door.position == "closed" or is_paused(door, today) or is_over(door, today):
        return "closed"
    return "ajar" if door.position == "ajar" else "open"


def is_question_due(door: Standing, today: date) -> bool:
    """Say whether it is time to ask if the door still stands so."""
    return door.expires_on is not None and door.expires_on - ASKED_BEFORE <= today


def may_answer_by_link(door: Asked, at: datetime) -> Decision:
    """Say whether the link of the mail that asked still works: once, and for a month."""
    if door.asked_at is None or door.ended_at is not None or at > door.asked_at + LINK_LIVES:
        return deny(LINK_IS_OVER)
    return ALLOW


def expires(position: str, today: date) -> date | None:
    """Return the day from which a door that is set today counts as closed."""
    return None if position == "closed" else months_after(today, MONTHS_OPEN)


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last: August 31 and 6 is February 28."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def topic_key(label: str) -> str:
    """Return one spelling of a topic; empty when there is nothing to read in it."""
    key = " ".join(fold(label).split())[:LONGEST_TOPIC]
    return key if any(char.isalnum() for char in key) else ""
