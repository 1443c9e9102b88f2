"""Pages by keyset: a cursor says after which row to go on, so that a deep page costs as the first."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

T = TypeVar("T")
PAGE_SIZE = 20


class WrongCursor(ValueError):
    """The cursor in the address was not made by us."""


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows, and the cursor of the next ones when there are more."""

    rows: Sequence[T]
    after: str | None = None


def encode(*key: int | str | None) -> str:
    """Write a sort key as an opaque cursor."""
    raw = json.dumps(key, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(cursor: str | None, *kinds: type) -> list[Any] | None:
    """Read a cursor back; its parts must be of `kinds`. Raises WrongCursor."""
    if not cursor:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError) as error:
        raise WrongCursor(cursor) from error
    fits = isinstance(key, list) and len(key) == len(kinds) and all(map(_fits, key, kinds))
    if not fits:
        raise WrongCursor(cursor)
    return list(key)


def instant(written: str) -> datetime:
    """Read the instant that stands in a cursor as ISO 8601 with an offset. Raises WrongCursor."""
    try:
        read = datetime.fromisoformat(written)
        if read.tzinfo is None:
            raise WrongCursor(written)
        return read.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise WrongCursor(written) from error


def page_of(
    rows: Sequence[T], key: Callable[[T], tuple[Any, ...]], size: int = PAGE_SIZE
) -> Page[T]:
    """Make a page of rows fetched with one more than `size`: the extra row says that more follow."""
    if len(rows) <= size:
        return Page(rows)
    return Page(rows[:size], encode(*key(rows[size - 1])))


def _fits(part: Any, kind: type) -> bool:
    """Say whether a database can compare `part` with a column of `kind`."""
    if type(part) is not kind:
        return False
    if isinstance(part, str):
        return not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in part)
    return not isinstance(part, int) or abs(part) < 2**63
