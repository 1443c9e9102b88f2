"""Rules about memories: how exactly one knows when it was, and how much one may write."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from portal.kernel.text import Lazy, _l

LONGEST_MEMORY = 2000  # characters
FIRST_YEAR = 1900
MEMORY_SHOWN: dict[str, Lazy] = {
    "nobody": _l("Only you"),
    "networks": _l("Our staff, and your networks if you show them your journey"),
}


@dataclass(frozen=True)
class When:
    """When something was: a day, or the first day of a month or year."""

    began_on: date
    precision: str

    def instant(self) -> datetime:
        """Return where it stands in the history: in the middle of what is known."""
        on = self.began_on
        if self.precision == "year":
            on = on.replace(month=7)
        elif self.precision == "month":
            on = on.replace(day=15)
        return datetime.combine(on, time(12), UTC)


def when(year: int, month: int | None, day: int | None) -> When:
    """Return when it was, as far as it is known. ValueError when there is no such day."""
    if month is None:
        return When(date(year, 1, 1), "year")
    if day is None:
        return When(date(year, month, 1), "month")
    return When(date(year, month, day), "day")
