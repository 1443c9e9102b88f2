"""Pages by keyset: a cursor says after which row to go on, so that a deep page costs as the first."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
        fits = len(key) == len(kinds) and all(map(isinstance, key, kinds))
        if not fits or any(isinstance(part, int) and abs(part) >= 2**63 for part in key):
            raise WrongCursor(cursor)
    except (ValueError, TypeError) as error:
        raise WrongCursor(cursor) from error
    return list(key)


def page_of(rows: Sequence[T], key: Callable[[T], tuple[Any, ...]], size: int = PAGE_SIZE) -> Page[T]:
    """Make a page of rows fetched with one more than `size`: the extra row says that more follow."""
    if len(rows) <= size:
        return Page(rows)
    return Page(rows[:size], encode(*key(rows[size - 1])))
