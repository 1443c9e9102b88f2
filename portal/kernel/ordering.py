"""Where a page of a list goes on: places in Swedish order and in time."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, LargeBinary, and_, bindparam, or_

from portal.kernel.db import UTCDateTime
from portal.kernel.paging import WrongCursor, decode, instant

# Where the page before ended, by name or by time, in a statement that is built once.
LAST_KEY = bindparam("last", type_=LargeBinary())
LAST_AT = bindparam("last", type_=UTCDateTime())
LAST_ID = bindparam("last_id", type_=BigInteger())


def sort_position(after: str | None) -> tuple[bytes, int] | None:
    """Read a cursor of a list in Swedish order. Raises WrongCursor."""
    key = decode(after, str, int)
    if key is None:
        return None
    try:
        return bytes.fromhex(key[0]), key[1]
    except ValueError as error:
        raise WrongCursor(after) from error


def time_position(after: str | None) -> tuple[datetime, int] | None:
    """Read a cursor of a list in order of time. Raises WrongCursor."""
    key = decode(after, str, int)
    return (instant(key[0]), key[1]) if key else None


def last_values(position: tuple[bytes | datetime, int] | None) -> dict[str, Any]:
    """Return what a statement with LAST_KEY or LAST_AT is asked with; nothing on the first page."""
    return {"last": position[0], "last_id": position[1]} if position else {}


def beyond(first: Any, number: Any, key: tuple[Any, Any]) -> ColumnElement[bool]:
    """Say that a row comes after `key` in the order of `first`, then `number`."""
    return or_(first > key[0], and_(first == key[0], number > key[1]))
