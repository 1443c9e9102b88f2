"""How long everything chosen can be paused."""

from datetime import UTC, date, datetime, timedelta
from typing import Literal

from portal.kernel.text import Lazy, _l
from portal.people.policy.door import months_after

Length = Literal["week", "month", "until", "open"]
LENGTHS: dict[Length, Lazy] = {
    "week": _l("A week"),
    "month": _l("A month"),
    "until": _l("Until a day that I choose"),
    "open": _l("Until I turn it on again"),
}
# No day was said; early enough in the year that every clock on Earth can show it.
OPEN_END = datetime(9999, 1, 1, tzinfo=UTC)
LONGEST_PAUSE = 24  # months


def first_day(length: Length, today: date, chosen: date | None) -> date | None:
    """Return the day when mails come again; None when nobody has said."""
    days = {"week": today + timedelta(days=7), "month": months_after(today, 1), "until": chosen}
    return days.get(length)


def is_open(until: datetime | None) -> bool:
    """Say whether a pause has no end that was said."""
    return until is not None and until >= OPEN_END
