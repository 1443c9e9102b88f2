"""Reads job ads in the formats of other systems: bytes in, records out, nothing else touched."""

from collections.abc import Callable, Iterator

from portal.openings.formats import greenhouse, jobtech, teamtailor
from portal.openings.formats.record import (
    Ad,
    AdPlace,
    Broken,
    Origin,
    Parsed,
    Removal,
    UnreadableSource,
)

__all__ = [
    "FORMATS",
    "Ad",
    "AdPlace",
    "Broken",
    "Origin",
    "Parsed",
    "Removal",
    "UnreadableSource",
    "parse",
]

FORMATS: dict[str, Callable[[bytes, Origin], Iterator[Parsed]]] = {
    "jobtech": jobtech.read,
    "teamtailor": teamtailor.read,
    "greenhouse": greenhouse.read,
}


def parse(
    format: str, payload: bytes, *, source: str | None = None, company: str = ""
) -> Iterator[Parsed]:
    """Read a payload into ads, removals and broken records.

    `source` names the records' source (the format's name if not given), `company` the employer
    where the payload names none. Raises UnreadableSource at once, before the first record, if the
    payload as a whole is not of this format, and KeyError for an unknown format.
    """
    return FORMATS[format](payload, Origin(source or format, company))
