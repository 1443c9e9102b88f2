"""Picks values out of foreign records, whatever shape they turn out to have."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from urllib.parse import urlsplit

from portal.kernel.markup import clean_line
from portal.openings.formats.record import UnreadableRecord

EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+\.[^\W\d_]{2,}")
STANDING = re.compile(
    r"(?:öppen|spontan|åpen|oppen)[ -]?(?:ansök|ansok|søk)|spontanans"
    r"|uopfordret|initiativbewerbung|avoin hakemus"
    r"|(?:open|spontaneous|general|speculative) application|talent (?:community|pool|network)",
    re.IGNORECASE,
)
LONGEST_ID = 200
# Three times the longest ad seen; longer nonsense than this only costs time to sanitise.
LONGEST_TEXT = 100_000
LARGEST_NUMBER = 100_000


def dig(record: object, *path: str) -> object:
    """Follow keys through nested objects; anything missing on the way gives None."""
    for key in path:
        record = record.get(key) if isinstance(record, Mapping) else None
    return record


def line(record: object, *path: str) -> str | None:
    """Return a text or number as one tidy line, None if it is absent or empty."""
    found = dig(record, *path)
    if isinstance(found, bool) or not isinstance(found, str | int):
        return None
    return clean_line(str(found)) or None


def text(record: object, *path: str) -> str:
    """Return a text as it stands but cut at LONGEST_TEXT, "" if it is absent."""
    found = dig(record, *path)
    return found[:LONGEST_TEXT] if isinstance(found, str) else ""


def number(record: object, *path: str) -> int | None:
    """Return a whole number from 0 to 100 000, None for anything else."""
    found = dig(record, *path)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return int(found) if 0 <= found <= LARGEST_NUMBER else None


def objects(record: object, *path: str) -> list[Mapping[str, object]]:
    """Return the objects of a list, leaving out what is not an object."""
    found = dig(record, *path)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def external_id(record: object, *path: str) -> str | None:
    """Return an id as text: the same ad is numbered as text here and as a number there."""
    found = line(record, *path)
    return found if found and len(found) <= LONGEST_ID else None


def required(value: str | None, name: str) -> str:
    if not value:
        raise UnreadableRecord(f"{name} is missing")
    return value


def moment(value: str | None, zone: tzinfo = UTC) -> datetime | None:
    """Read an ISO 8601 time into UTC; one without an offset is local time in `zone`."""
    try:
        found = datetime.fromisoformat(value or "")
        local = found if found.tzinfo else found.replace(tzinfo=zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def deadline(value: str | None, zone: tzinfo = UTC) -> datetime | None:
    """Read the last moment of a time, or of the whole day where only a date is given."""
    is_date = re.fullmatch(r"\d{4}-\d\d-\d\d", value or "")
    return moment(f"{value}T23:59:59" if is_date else value, zone)


def published(value: datetime | None) -> datetime:
    if value is None:
        raise UnreadableRecord("publication date is missing or unreadable")
    return value


def web_address(value: str | None) -> str | None:
    """Return an http(s) address, with https:// where the scheme was left out, else None."""
    address = value or ""
    if not re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return None
    safe = parts.scheme in {"http", "https"} and "." in host.strip(".") and "@" not in parts.netloc
    return address if safe and not re.search(r"[\s<>\"\\]", address) else None


def email_address(value: str | None) -> str | None:
    return value if value and EMAIL.fullmatch(value) else None


def is_standing(title: str, department: str | None = None) -> bool:
    """Say whether a title or department names an open application rather than one vacancy."""
    return any(STANDING.search(name) for name in (title, department or ""))


def fingerprint(record: object) -> str:
    """Return the SHA-256 of a record, the same whatever order its keys come in."""
    canonical = json.dumps(record, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
