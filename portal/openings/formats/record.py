"""What every job-ad format is read into: an ad, a removal, or a record that could not be read.

Data fields for contact persons (names, telephones, e-mail addresses) are never read into an ad.
The address an employer gives for applying is kept: receiving applications is its purpose. The text
of the ad is left as the employer wrote it, apart from sanitising.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Remote = Literal["none", "hybrid", "full"]


@dataclass(frozen=True, slots=True)
class AdPlace:
    """A place of work; `country` is ISO 3166 alpha-2, the other codes are SCB's."""

    city: str | None = None
    municipality_code: str | None = None
    county_code: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ad:
    """One job ad; times are in UTC, extents in per cent, `company` is "" if nothing names it.

    A `standing` ad is an open application: it has no deadline and never expires by age.
    """

    source: str
    external_id: str
    url: str
    apply_url: str | None = None
    apply_email: str | None = None
    apply_text: str | None = None
    title: str
    company: str
    company_url: str | None = None
    places: tuple[AdPlace, ...] = ()
    remote: Remote = "none"
    forms: tuple[str, ...] = ()
    extents: tuple[str, ...] = ()
    duration: str | None = None
    extent_min: int | None = None
    extent_max: int | None = None
    occupation_field_id: str | None = None
    ssyk: str | None = None
    occupation_name: str | None = None
    body_html: str = ""
    language: str | None = None
    published_at: datetime
    expires_at: datetime | None = None
    vacancies: int | None = None
    salary_text: str | None = None
    department: str | None = None
    standing: bool = False
    raw_hash: str


@dataclass(frozen=True, slots=True)
class Removal:
    """The source says that the ad is gone; `at` is unknown where it does not say since when."""

    source: str
    external_id: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that could not be read, by its position in the payload counted from 0."""

    source: str
    external_id: str | None
    position: int
    reason: str


Parsed = Ad | Removal | Broken


class UnreadableSource(ValueError):
    """The payload as a whole is not what the source should send; it says nothing about any ad."""


class UnreadableRecord(ValueError):
    """One record lacks what an ad cannot do without."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What the caller knows of a source; `company` stands in where the payload names none."""

    source: str
    company: str = ""
