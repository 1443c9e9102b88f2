"""Opens a payload as JSON or XML, and reads its records one by one."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from portal.openings.formats.record import (
    Ad,
    Broken,
    Origin,
    Parsed,
    Removal,
    UnreadableRecord,
    UnreadableSource,
)

Record = TypeVar("Record")
UNFORESEEN = (ArithmeticError, LookupError, TypeError, ValueError, RecursionError)


def json_payload(payload: bytes) -> object:
    """Return the JSON content; raises UnreadableSource if it is not JSON at all."""
    try:
        content: object = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise UnreadableSource("The source did not answer with JSON.") from error
    return content


def xml_payload(payload: bytes) -> Element:
    """Return the root of the XML; entities and document types are refused, not expanded."""
    try:
        root: Element = fromstring(payload, forbid_dtd=True)
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableSource("The source did not answer with XML we may read.") from error
    return root


def each(
    records: Iterable[Record],
    origin: Origin,
    read: Callable[[Record, Origin], Ad | Removal],
    name: Callable[[Record], str | None],
) -> Iterator[Parsed]:
    """Read the records in turn; one that fails is told as Broken and stops none of the rest."""
    for position, record in enumerate(records):
        try:
            yield read(record, origin)
        except UnreadableRecord as error:
            yield Broken(origin.source, name(record), position, str(error))
        except UNFORESEEN as error:
            reason = f"unexpected shape ({type(error).__name__})"
            yield Broken(origin.source, name(record), position, reason)
