"""What time it is: the only place that asks, so that a test can answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

DEFAULT_ZONE = "Europe/Stockholm"  # of those who have chosen no other clock

_standing: datetime | None = None


def now() -> datetime:
    """Return the present instant, in UTC."""
    return _standing or datetime.now(UTC)


@contextmanager
def stopped_at(instant: datetime) -> Iterator[None]:
    """Let `now()` answer `instant` until the block ends (tests, seeds)."""
    global _standing  # noqa: PLW0603 - one clock for the whole process
    before, _standing = _standing, instant
    try:
        yield
    finally:
        _standing = before
