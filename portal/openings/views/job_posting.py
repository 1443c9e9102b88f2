"""An opening as schema.org JobPosting, for search engines, and only while it is open."""

import json
from typing import Any

from markupsafe import Markup

from portal.openings.models import Opening
from portal.taxonomy.employment import schema_org_types
from portal.taxonomy.places import county
from portal.web.dates import iso
from portal.web.links import absolute


def job_posting(opening: Opening) -> Markup:
    """Return the JSON-LD of an open, public opening (schema.org; Google's required fields)."""
    return Markup(as_script(posting(opening)))  # noqa: S704 - as_script leaves no tag


def as_script(data: dict[str, Any]) -> str:
    """Write JSON that can stand in a script element: nothing in it can end the element."""
    written = json.dumps(data, ensure_ascii=False)
    for char in "<>&\u2028\u2029":
        written = written.replace(char, f"\\u{ord(char):04x}")
    return written


def posting(opening: Opening) -> dict[str, Any]:
    """Say only what the page shows; absent facts are left out."""
    identifier = {"@type": "PropertyValue", "name": opening.company, "value": opening.slug}
    organisation = {"@type": "Organization", "name": opening.company or "–"}
    if opening.company_url:
        organisation["sameAs"] = opening.company_url
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": opening.title,
        "description": opening.body,
        "datePosted": iso(opening.published_at),
        "hiringOrganization": organisation,
        "identifier": identifier,
        "url": absolute(f"/openings/{opening.slug}"),
        "directApply": False,
        "jobLocation": [_place(place) for place in opening.places],
    }
    if opening.expires_at:
        said["validThrough"] = iso(opening.expires_at)
    if types := schema_org_types(tuple(opening.forms), tuple(opening.extents)):
        said["employmentType"] = list(types)
    if opening.ssyk:
        said["occupationalCategory"] = opening.ssyk
    if opening.vacancies:
        said["totalJobOpenings"] = opening.vacancies
    if opening.remote == "full":
        countries = sorted({place.get("country") or "SE" for place in opening.places} or {"SE"})
        said["jobLocationType"] = "TELECOMMUTE"
        said["applicantLocationRequirements"] = [
            {"@type": "Country", "name": country} for country in countries
        ]
    return {key: value for key, value in said.items() if value != []}


def _place(place: dict[str, Any]) -> dict[str, Any]:
    region = county(place.get("county_code") or "")
    address = {
        "@type": "PostalAddress",
        "addressLocality": place.get("city"),
        "addressRegion": region.name_sv if region else None,
        "addressCountry": place.get("country") or "SE",
    }
    return {"@type": "Place", "address": {key: value for key, value in address.items() if value}}
