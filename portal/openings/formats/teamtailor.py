"""Reads Teamtailor career sites: the RSS of jobs, and by way of it the two JSON shapes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element, tostring

from portal.kernel.markup import clean_html, clean_line, plain_text
from portal.openings.formats import teamtailor_api, teamtailor_feed
from portal.openings.formats.fields import (
    LONGEST_ID,
    LONGEST_TEXT,
    fingerprint,
    is_standing,
    published,
    required,
    web_address,
)
from portal.openings.formats.language import guess_language
from portal.openings.formats.payload import each, json_payload, xml_payload
from portal.openings.formats.record import Ad, AdPlace, Origin, Parsed, UnreadableSource
from portal.openings.formats.teamtailor_words import REMOTE, apply_address
from portal.openings.formats.whereabouts import place


def read(payload: bytes, origin: Origin) -> Iterator[Parsed]:
    start = payload.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in {b"{", b"["}:
        content = json_payload(payload)
        known = teamtailor_api.records(content, origin) or teamtailor_feed.records(content, origin)
        if known is None:
            raise UnreadableSource("The answer is JSON, but not as Teamtailor sends it.")
        return known
    channel = xml_payload(payload).find("channel")
    if channel is None:
        raise UnreadableSource("The answer is XML, but not an RSS feed.")
    origin = Origin(origin.source, origin.company or _line(channel, "title") or "")
    return each(channel.findall("item"), origin, _read_one, _id)


def _id(item: Element) -> str | None:
    """Return the guid: a bare UUID, never an address, and fixed when the title changes."""
    guid = _line(item, "guid")
    return guid if guid and len(guid) <= LONGEST_ID else None


def _read_one(item: Element, origin: Origin) -> Ad:
    title = required(_line(item, "title"), "title")
    url = required(web_address(_line(item, "link")), "link")
    department = _line(item, "department")
    body = clean_html((item.findtext("{*}description") or "")[:LONGEST_TEXT])
    return Ad(
        source=origin.source,
        external_id=required(_id(item), "guid"),
        url=url,
        apply_url=apply_address(url),
        title=title,
        company=_line(item, "company_name") or origin.company,
        places=_places(item),
        remote=REMOTE.get(_line(item, "remoteStatus") or "", "none"),
        body_html=body,
        language=guess_language(plain_text(body)),
        published_at=published(_time(_line(item, "pubDate"))),
        department=department,
        standing=is_standing(title, department),
        raw_hash=fingerprint(tostring(item, encoding="unicode").strip()),
    )


def _places(item: Element) -> tuple[AdPlace, ...]:
    found = (
        place(_line(one, "city") or _line(one, "name"), _line(one, "country"))
        for one in item.iterfind("{*}locations/{*}location")
    )
    return tuple(dict.fromkeys(one for one in found if one))


def _line(element: Element, name: str) -> str | None:
    return clean_line(element.findtext(f"{{*}}{name}") or "") or None


def _time(value: str | None) -> datetime | None:
    """Read an RFC 822 time; one that gives no offset is taken as UTC."""
    try:
        found = parsedate_to_datetime(value or "")
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
