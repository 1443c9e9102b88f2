"""Finds the place of work in a JobTech ad, whose codes and labels do not always agree."""

from portal.openings.formats.fields import dig, line
from portal.openings.formats.record import AdPlace
from portal.openings.formats.whereabouts import municipality_place
from portal.taxonomy.places import (
    country_iso,
    country_iso_from_swedish,
    county,
    municipality_named,
)


def place_of(record: object) -> AdPlace | None:
    """Return the place; the codes of the municipality outrank every label."""
    address = dig(record, "workplace_address")
    found = municipality_place(line(address, "municipality_code") or "")
    named = municipality_named(line(address, "municipality") or "")
    if found or named:
        return found or municipality_place(named.code if named else "")
    region = county(line(address, "region_code") or "")
    country = "SE" if region else _country(address)
    city = line(address, "municipality") or line(address, "city")
    known = AdPlace(city, None, region.code if region else None, country)
    return known if known != AdPlace() else None


def _country(address: object) -> str | None:
    """Return the country by what the ad calls it, as its code may still be the default."""
    named = country_iso_from_swedish(line(address, "country") or "")
    by_id = country_iso(line(address, "country_concept_id") or "")
    return named or by_id or country_iso(line(address, "country_code") or "")
