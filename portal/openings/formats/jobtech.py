"""Reads Arbetsförmedlingen's JobTech ads: a JobSearch answer, a JobStream array or one ad."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from portal.kernel.markup import plain_text
from portal.openings.formats.fields import (
    deadline,
    dig,
    external_id,
    fingerprint,
    is_standing,
    line,
    moment,
    number,
    published,
    required,
    web_address,
)
from portal.openings.formats.jobtech_apply import way_to_apply
from portal.openings.formats.jobtech_place import place_of
from portal.openings.formats.jobtech_text import ad_body
from portal.openings.formats.language import guess_language
from portal.openings.formats.payload import each, json_payload
from portal.openings.formats.record import (
    Ad,
    Origin,
    Parsed,
    Removal,
    UnreadableRecord,
    UnreadableSource,
)
from portal.taxonomy.employment import duration_of_concept, terms_of_concepts
from portal.taxonomy.occupations import field_of_ssyk, occupation_field

STOCKHOLM = ZoneInfo("Europe/Stockholm")
AD_PAGE = "https://arbetsformedlingen.se/platsbanken/annonser/{}"
NO_SALARY = {"undefined", "-", "."}


def read(payload: bytes, origin: Origin) -> Iterator[Parsed]:
    return each(_records(json_payload(payload)), origin, _read_one, _id)


def _records(content: object) -> list[object]:
    """Find the ads; an error message in JSON is not an empty list of ads."""
    if isinstance(content, list):
        return content
    hits = dig(content, "hits")
    if isinstance(hits, list):
        return hits
    if _id(content) and (line(content, "headline") or dig(content, "removed") is True):
        return [content]
    raise UnreadableSource("The answer is JSON, but holds no ads as JobTech sends them.")


def _id(record: object) -> str | None:
    return external_id(record, "id")


def _read_one(record: object, origin: Origin) -> Ad | Removal:
    if not isinstance(record, Mapping):
        raise UnreadableRecord("the record is not an object")
    id = required(_id(record), "id")
    # Ads on show may carry a removed_date too: only the flag removes.
    if record.get("removed") is True:
        return Removal(origin.source, id, moment(line(record, "removed_date"), STOCKHOLM))
    return _ad(record, id, origin)


def _ad(record: Mapping[str, object], id: str, origin: Origin) -> Ad:
    title = required(line(record, "headline"), "headline")
    body = ad_body(record)
    expires_at = _expiry(record)
    url, email, text = way_to_apply(record)
    ad = Ad(
        source=origin.source,
        external_id=id,
        url=web_address(line(record, "webpage_url")) or AD_PAGE.format(id),
        apply_url=url,
        apply_email=email,
        apply_text=text,
        title=title,
        company=_company(record) or origin.company,
        company_url=web_address(line(record, "employer", "url")),
        body_html=body,
        language=guess_language(plain_text(body)),
        published_at=published(_publication(record)),
        expires_at=expires_at,
        standing=expires_at is None and is_standing(title),
        raw_hash=fingerprint(record),
    )
    return _with_work(ad, record)


def _with_work(ad: Ad, record: object) -> Ad:
    """Add what the work is: where, what, how much and for how long."""
    said = terms_of_concepts(
        line(record, "employment_type", "concept_id"),
        line(record, "working_hours_type", "concept_id"),
    )
    ssyk, field_id = _occupation(record)
    place = place_of(record)
    return replace(
        ad,
        places=(place,) if place else (),
        forms=said.forms,
        extents=said.extents,
        duration=duration_of_concept(line(record, "duration", "concept_id")),
        extent_min=number(record, "scope_of_work", "min"),
        extent_max=number(record, "scope_of_work", "max"),
        occupation_field_id=field_id,
        ssyk=ssyk,
        occupation_name=line(record, "occupation", "label"),
        vacancies=number(record, "number_of_vacancies"),
        salary_text=_salary(record),
    )


def _publication(record: object) -> datetime | None:
    found = moment(line(record, "publication_date"), STOCKHOLM)
    milliseconds = dig(record, "timestamp")
    if found or isinstance(milliseconds, bool) or not isinstance(milliseconds, int):
        return found
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _expiry(record: object) -> datetime | None:
    found = deadline(line(record, "application_deadline"), STOCKHOLM)
    return found or deadline(line(record, "last_publication_date"), STOCKHOLM)


def _company(record: object) -> str:
    name = line(record, "employer", "name") or line(record, "employer", "workplace") or ""
    return name.rstrip(", ")


def _salary(record: object) -> str | None:
    found = line(record, "salary_description")
    return None if found and found.casefold() in NO_SALARY else found


def _occupation(record: object) -> tuple[str | None, str | None]:
    """Return the SSYK code and the field, the latter by its fixed id or else from the code."""
    ssyk = line(record, "occupation_group", "legacy_ams_taxonomy_id")
    field = occupation_field(line(record, "occupation_field", "concept_id") or "")
    field = field or field_of_ssyk(ssyk or "")
    return ssyk, field.id if field else None
