"""Reads places of work: a city with its country, or free text such as "Remote, Sweden; Oslo"."""

import re

from portal.openings.formats.record import AdPlace, Remote
from portal.taxonomy.places import (
    country_iso_from_english,
    country_iso_from_swedish,
    is_country_iso,
    municipality,
    municipality_named,
)

BETWEEN_PLACES = re.compile(r"\s*[;|/\n]\s*|\s+(?:or|and|eller|och)\s+|\s*&\s*")
REMOTE = re.compile(r"\b(?:fully[ -])?remote(?:ly)?\b|\bdistributed\b|\bdistans\b", re.IGNORECASE)
HYBRID = re.compile(r"\bhybrid\b|\bremote[ -]friendly\b|\bflexible\b", re.IGNORECASE)
NOT_PLACES = re.compile(
    r"\((?:[^)]*\b(?:remote|hybrid|flexible|travel|gmbh)\b[^)]*)\)|\bremote[ -]friendly\b"
    r"|\b(?:fully )?remote(?: within)?\b|\bhybrid\b|\bdistributed\b|\bin[ -]office\b"
    r"|\bon[ -]?site\b|\bdistans\b|\bmultiple locations\b|\bblank\b",
    re.IGNORECASE,
)
US_CODE = re.compile(
    r"A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]"
    r"|T[NX]|UT|V[AT]|W[AIVY]"
)
US_STATE = re.compile(
    r"alabama|alaska|arizona|california|colorado|connecticut|delaware|florida|hawaii|idaho|illinois"
    r"|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota"
    r"|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|ohio|oklahoma"
    r"|oregon|pennsylvania|rhode island|(?:north|south) carolina|tennessee|texas|utah|vermont"
    r"|(?:west )?virginia|(?:washington )?d\.c\.?|district of columbia|wisconsin|wyoming"
    r"|us (?:west|east)"
)


def place(city: str | None, country: str | None) -> AdPlace | None:
    """Return a place with its municipality if the city is Swedish; None if nothing is known."""
    iso = country_code(country)
    found = municipality_named(city) if city and iso in {None, "SE"} else None
    if found:
        return AdPlace(found.name, found.code, found.county_code, "SE")
    return AdPlace(city=city, country=iso) if city or iso else None


def municipality_place(code: str) -> AdPlace | None:
    """Return the place of a municipality code, None if there is no such municipality."""
    found = municipality(code)
    return AdPlace(found.name, found.code, found.county_code, "SE") if found else None


def country_code(country: str | None) -> str | None:
    """Return the ISO code of a country given as code, English name or Swedish name."""
    asked = (country or "").strip()
    if is_country_iso(asked.upper()):
        return asked.upper()
    return country_iso_from_english(asked) or country_iso_from_swedish(asked)


def places_in(text: str) -> tuple[AdPlace, ...]:
    """Return the places named in free text, each once and in the order they come."""
    parts = (_place_in(part) for part in BETWEEN_PLACES.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def remote_in(text: str) -> Remote:
    """Say how far free text allows remote work: one wholly remote choice is enough for full."""
    parts = [HYBRID.sub("hybrid", part) for part in BETWEEN_PLACES.split(text)]
    if any(REMOTE.search(part) for part in parts):
        return "full"
    return "hybrid" if any("hybrid" in part for part in parts) else "none"


def _place_in(part: str) -> AdPlace | None:
    """Read "City, Region, Country", "Country - Remote", "CC - City" or "City (CC)"."""
    names = re.split(r"\s*,\s*|\s+[-–]\s+|\s*[()]\s*", NOT_PLACES.sub(" ", part))
    names = [name for name in (" ".join(name.split()).strip("-–,: ") for name in names) if name]
    if not names:
        return None
    countries = [_country_named(name, first=not index) for index, name in enumerate(names)]
    iso = next((found for found in reversed(countries) if found), None)
    city = next((name for name, found in zip(names, countries, strict=True) if not found), None)
    if city is None and len(names) > 1:
        city = names[0] if _is_city(names[0]) else None
    return place(city, iso)


def _country_named(name: str, *, first: bool) -> str | None:
    """Return the country a word means; after a city, two letters mean a state of the USA."""
    if US_STATE.fullmatch(name.casefold()) or (US_CODE.fullmatch(name) and not first):
        return "US"
    if len(name) == 2 and name.isupper():
        return name if is_country_iso(name) and not US_CODE.fullmatch(name) else _english(name)
    return _english(name)


def _english(name: str) -> str | None:
    return country_iso_from_english(name) or ("US" if US_CODE.fullmatch(name) else None)


def _is_city(name: str) -> bool:
    """Tell New York and Singapore, cities that share a name with their state."""
    return name.casefold() in {"new york", "singapore", "luxembourg"}
