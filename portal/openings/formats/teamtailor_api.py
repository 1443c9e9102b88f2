"""Reads pages of the Teamtailor API (JSON:API: `data[]` with `included[]`)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from portal.kernel.markup import clean_html, plain_text
from portal.openings.formats.fields import (
    deadline,
    dig,
    external_id,
    fingerprint,
    is_standing,
    line,
    moment,
    number,
    objects,
    published,
    required,
    text,
    web_address,
)
from portal.openings.formats.language import guess_language, language_code
from portal.openings.formats.payload import each
from portal.openings.formats.record import (
    Ad,
    AdPlace,
    Origin,
    Parsed,
    Removal,
    UnreadableRecord,
)
from portal.openings.formats.teamtailor_words import REMOTE
from portal.openings.formats.whereabouts import place
from portal.taxonomy.employment import terms_in_words

Included = Mapping[tuple[str | None, str | None], Mapping[str, object]]


class _Job(NamedTuple):
    record: object
    included: Included


def records(content: object, origin: Origin) -> Iterator[Parsed] | None:
    """Return the records of a page, None if the content is not one."""
    data = dig(content, "data")
    if isinstance(data, Mapping):
        data = [data]
    if not isinstance(data, list):
        return None
    included = {
        (line(one, "type"), external_id(one, "id")): one for one in objects(content, "included")
    }
    return each([_Job(record, included) for record in data], origin, _read_one, _id)


def _id(job: _Job) -> str | None:
    return external_id(job.record, "id")


def _read_one(job: _Job, origin: Origin) -> Ad | Removal:
    fields = dig(job.record, "attributes")
    if not isinstance(fields, Mapping):
        raise UnreadableRecord("attributes are missing")
    id = required(_id(job), "id")
    if line(fields, "human-status") not in {None, "published"} or fields.get("internal") is True:
        return Removal(origin.source, id, moment(line(fields, "updated-at")))
    return _ad(job, fields, id, origin)


def _ad(job: _Job, fields: Mapping[str, object], id: str, origin: Origin) -> Ad:
    links = dig(job.record, "links")
    apply_url = web_address(line(fields, "external-application-url"))
    body = clean_html(text(fields, "body"))
    date = moment(line(fields, "start-date")) or moment(line(fields, "created-at"))
    ad = Ad(
        source=origin.source,
        external_id=id,
        url=required(web_address(line(links, "careersite-job-url")), "careersite-job-url"),
        apply_url=apply_url or web_address(line(links, "careersite-job-apply-url")),
        title=required(line(fields, "title"), "title"),
        company=origin.company,
        body_html=body,
        language=language_code(line(fields, "language-code")) or guess_language(plain_text(body)),
        published_at=published(date),
        expires_at=deadline(line(fields, "end-date")),
        department=line(_related(job, "department"), "attributes", "name"),
        raw_hash=fingerprint(job.record),
    )
    return _with_work(ad, job, fields)


def _with_work(ad: Ad, job: _Job, fields: Mapping[str, object]) -> Ad:
    said = terms_in_words(line(fields, "employment-type") or "")
    return replace(
        ad,
        places=_places(job),
        remote=REMOTE.get(line(fields, "remote-status") or "", "none"),
        forms=said.forms,
        extents=said.extents,
        salary_text=_salary(fields),
        standing=ad.expires_at is None and is_standing(ad.title, ad.department),
    )


def _related(job: _Job, name: str) -> Mapping[str, object]:
    reference = dig(job.record, "relationships", name, "data")
    return job.included.get((line(reference, "type"), external_id(reference, "id")), {})


def _places(job: _Job) -> tuple[AdPlace, ...]:
    references = objects(job.record, "relationships", "locations", "data")
    keys = ((line(one, "type"), external_id(one, "id")) for one in references)
    offices = (dig(job.included.get(key), "attributes") for key in keys)
    found = (place(line(one, "city") or line(one, "name"), line(one, "country")) for one in offices)
    return tuple(dict.fromkeys(one for one in found if one))


def _salary(fields: Mapping[str, object]) -> str | None:
    """Return the pay as the source gives it: "38000–46000 SEK (monthly)"."""
    ends = [end for end in (number(fields, "min-salary"), number(fields, "max-salary")) if end]
    amount = "–".join(f"{end}" for end in dict.fromkeys(ends))
    unit = line(fields, "salary-time-unit")
    words = [amount, line(fields, "currency"), f"({unit})" if unit else None]
    return " ".join(word for word in words if word) if amount else None
