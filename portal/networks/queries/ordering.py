"""Where a page of a list goes on: places in Swedish order and in time."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from portal.kernel.paging import WrongCursor, decode, instant


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


def beyond(first: Any, number: Any, key: tuple[Any, int]) -> ColumnElement[bool]:
    """Say that a row comes after `key` in the order of `first`, then `number`."""
    return or_(first > key[0], and_(first == key[0], number > key[1]))
