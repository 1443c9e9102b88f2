"""Reads Greenhouse job boards (boards-api.greenhouse.io/v1/boards/…/jobs?content=true)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape

from portal.kernel.markup import clean_html, plain_text
from portal.openings.formats.fields import (
    deadline,
    dig,
    external_id,
    fingerprint,
    is_standing,
    line,
    moment,
    objects,
    published,
    required,
    text,
    web_address,
)
from portal.openings.formats.language import guess_language, language_code
from portal.openings.formats.payload import each, json_payload
from portal.openings.formats.record import (
    Ad,
    AdPlace,
    Origin,
    Parsed,
    UnreadableRecord,
    UnreadableSource,
)
from portal.openings.formats.whereabouts import places_in, remote_in
from portal.taxonomy.employment import Terms, terms_in_words


def read(payload: bytes, origin: Origin) -> Iterator[Parsed]:
    jobs = dig(json_payload(payload), "jobs")
    if not isinstance(jobs, list):
        raise UnreadableSource("The answer is JSON, but not a Greenhouse job board.")
    return each(jobs, origin, _read_one, _id)


def _id(record: object) -> str | None:
    return external_id(record, "id")


def _read_one(record: object, origin: Origin) -> Ad:
    if not isinstance(record, Mapping):
        raise UnreadableRecord("the record is not an object")
    url = required(web_address(line(record, "absolute_url")), "absolute_url")
    body = _body(record)
    date = moment(line(record, "first_published")) or moment(line(record, "updated_at"))
    ad = Ad(
        source=origin.source,
        external_id=required(_id(record), "id"),
        url=url,
        apply_url=url,
        title=required(line(record, "title"), "title"),
        company=line(record, "company_name") or origin.company,
        body_html=body,
        language=language_code(line(record, "language")) or guess_language(plain_text(body)),
        published_at=published(date),
        expires_at=deadline(line(record, "application_deadline")),
        department=_department(record),
        raw_hash=fingerprint({**record, "updated_at": None}),
    )
    return _with_work(ad, record)


def _with_work(ad: Ad, record: object) -> Ad:
    said = _employment(record)
    return replace(
        ad,
        places=_places(record),
        remote=remote_in(line(record, "location", "name") or ""),
        forms=said.forms,
        extents=said.extents,
        standing=ad.expires_at is None and is_standing(ad.title, ad.department),
    )


def _body(record: object) -> str:
    """Return the text; Greenhouse escapes its HTML once more than JSON asks for."""
    content = text(record, "content")
    return clean_html(content if "<" in content else unescape(content))


def _department(record: object) -> str | None:
    names = (line(one, "name") for one in objects(record, "departments"))
    return next((name for name in names if name), None)


def _employment(record: object) -> Terms:
    """Read the board's own "Employment Type" field; what it holds is up to each employer."""
    for one in objects(record, "metadata"):
        name = (line(one, "name") or "").casefold()
        if name in {"employment type", "anställningsform", "job type", "time type"}:
            value = dig(one, "value")
            words = value if isinstance(value, list) else [value]
            return terms_in_words(", ".join(word for word in words if isinstance(word, str)))
    return Terms()


def _places(record: object) -> tuple[AdPlace, ...]:
    """Return the places of the location, or of the offices if it says only "Hybrid" or so."""
    named = places_in(line(record, "location", "name") or "")
    if named:
        return named
    offices = (line(one, "location") or line(one, "name") for one in objects(record, "offices"))
    return tuple(dict.fromkeys(place for name in offices if name for place in places_in(name)))
