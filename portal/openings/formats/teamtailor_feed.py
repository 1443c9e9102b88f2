"""Reads Teamtailor's JSON Feed, whose facts stand in a JobPosting beside each item."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

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
from portal.openings.formats.language import guess_language
from portal.openings.formats.payload import each
from portal.openings.formats.record import Ad, AdPlace, Origin, Parsed
from portal.openings.formats.teamtailor_words import apply_address
from portal.openings.formats.whereabouts import place
from portal.taxonomy.employment import Terms, terms_of_schema_org


def records(content: object, origin: Origin) -> Iterator[Parsed] | None:
    """Return the records of a feed, None if the content is not one."""
    items = dig(content, "items")
    if not isinstance(items, list):
        return None
    company = origin.company or line(content, "title") or ""
    return each(items, Origin(origin.source, company), _read_one, _id)


def _id(record: object) -> str | None:
    return external_id(record, "id")


def _read_one(record: object, origin: Origin) -> Ad:
    posting = dig(record, "_jobposting")
    url = required(web_address(line(record, "url")), "url")
    body = clean_html(text(record, "content_html") or text(posting, "description"))
    date = moment(line(record, "date_published")) or moment(line(posting, "datePosted"))
    ad = Ad(
        source=origin.source,
        external_id=required(_id(record), "id"),
        url=url,
        apply_url=apply_address(url),
        title=required(line(record, "title") or line(posting, "title"), "title"),
        company=line(posting, "hiringOrganization", "name") or origin.company,
        company_url=web_address(line(posting, "hiringOrganization", "sameAs")),
        body_html=body,
        language=guess_language(plain_text(body)),
        published_at=published(date),
        expires_at=deadline(line(posting, "validThrough")),
        raw_hash=fingerprint(record),
    )
    return _with_work(ad, posting)


def _with_work(ad: Ad, posting: object) -> Ad:
    said = _employment(posting)
    return replace(
        ad,
        places=_places(posting),
        remote="full" if line(posting, "jobLocationType") == "TELECOMMUTE" else "none",
        forms=said.forms,
        extents=said.extents,
        standing=ad.expires_at is None and is_standing(ad.title),
    )


def _places(posting: object) -> tuple[AdPlace, ...]:
    single = dig(posting, "jobLocation")
    several = [single] if isinstance(single, Mapping) else objects(posting, "jobLocation")
    addresses = (dig(one, "address") for one in several)
    found = (place(line(one, "addressLocality"), line(one, "addressCountry")) for one in addresses)
    return tuple(dict.fromkeys(one for one in found if one))


def _employment(posting: object) -> Terms:
    types = dig(posting, "employmentType")
    named = types if isinstance(types, list) else [types]
    return terms_of_schema_org(*(one for one in named if isinstance(one, str)))
