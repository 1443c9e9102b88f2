"""Rules of a profile: how much there is room for, what its parts are called, when it is old."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.search.analysis import fold
from portal.kernel.text import Lazy, _l

# How many a person may have of each; every list of them is as short.
MOST_WORK, MOST_SKILLS, MOST_LANGUAGES, MOST_LINKS, MOST_WAYS = 40, 50, 20, 10, 10
LONGEST_HEADLINE, LONGEST_ABOUT = 160, 4000  # characters, as are the next
LONGEST_WORKPLACE, LONGEST_TITLE, LONGEST_WORK_TEXT = 120, 120, 2000
LONGEST_SKILL, LONGEST_LABEL, LONGEST_URL, LONGEST_WAY = 80, 60, 500, 254
FIRST_MONTH = date(1940, 1, 1)
YEARS_AHEAD = 5
FRESH_FOR = timedelta(days=365)

FIELD_NAMES: dict[str, Lazy] = {
    "name": _l("Name"),
    "photo": _l("Photo"),
    "headline": _l("What you do"),
    "municipality": _l("Municipality"),
    "about": _l("About you"),
    "work": _l("Where you have worked"),
    "skills": _l("Skills"),
    "languages": _l("Languages"),
    "links": _l("Links"),
    "contact": _l("Ways to reach you"),
    "relations": _l("Relations to us"),
    "journey": _l("Your journey"),
}
LEVEL_NAMES: dict[str, Lazy] = {
    "native": _l("Mother tongue"),
    "fluent": _l("Fluent"),
    "good": _l("Good"),
    "some": _l("A little"),
}
WAY_NAMES: dict[str, Lazy] = {
    "email": _l("E-mail"),
    "phone": _l("Telephone"),
    "other": _l("Another way"),
}
_room: dict[str, tuple[int, Lazy]] = {
    "work": (MOST_WORK, _l("There is room for %(most)d workplaces.", most=MOST_WORK)),
    "skills": (
        MOST_SKILLS,
        _l("There is room for %(most)d skills. Take one away to add another.", most=MOST_SKILLS),
    ),
    "languages": (MOST_LANGUAGES, _l("There is room for %(most)d languages.", most=MOST_LANGUAGES)),
    "links": (
        MOST_LINKS,
        _l("There is room for %(most)d links. Take one away to add another.", most=MOST_LINKS),
    ),
    "contact": (
        MOST_WAYS,
        _l("There is room for %(most)d. Take one away to add another.", most=MOST_WAYS),
    ),
}


@dataclass(frozen=True)
class Profile:
    """What a person tells about themselves; `about` is Markdown, `municipality` SCB's code."""

    name: str
    headline: str = ""
    municipality: str | None = None
    about: str = ""


@dataclass(frozen=True)
class Workplace:
    """A time at a workplace, as it is told; days are the first of their month."""

    workplace: str
    title: str
    text: str
    began_on: date
    ended_on: date | None


class Kept(Protocol):
    """A person, with when they came and when they last said that their profile is right."""

    @property
    def arrived_at(self) -> datetime: ...
    @property
    def confirmed_at(self) -> datetime | None: ...


def has_room(part: str, count: int) -> Decision:
    """Say whether one more of a part of the profile may be added to `count`."""
    most, reason = _room[part]
    return ALLOW if count < most else deny(reason)


def is_due(person: Kept, at: datetime) -> bool:
    """Say whether it is time to ask if the profile still fits: a year after the last yes."""
    return (person.confirmed_at or person.arrived_at) + FRESH_FOR <= at


def skill_key(label: str) -> str:
    """Return one spelling of a skill: Ståluppställning and staluppstallning are the same."""
    return fold(label).strip()[:LONGEST_SKILL]
