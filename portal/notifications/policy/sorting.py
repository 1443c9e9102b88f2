"""By which mail each thing that waits is told, as a person's choices stand now."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from portal.notifications.models import Cadence
from portal.notifications.policy.choosing import Told
from portal.notifications.policy.kinds import KINDS


@dataclass(frozen=True)
class Waiting:
    """A thing that a person has been told of, and that no mail has told yet."""

    fact: str
    subject_id: int
    kind: str
    network_id: int | None
    is_read: bool


def by_cadence(
    waiting: Iterable[Waiting],
    told: Callable[[str, int | None], Told],
    off: Collection[str],
) -> dict[Cadence, list[Waiting]]:
    """Sort what waits by the mail that tells it; never: what is read, unwanted, or of a list that is off."""
    found: dict[Cadence, list[Waiting]] = {"now": [], "daily": [], "weekly": [], "never": []}
    for one in waiting:
        wanted = told(one.kind, one.network_id).cadence if one.kind in KINDS else "never"
        found["never" if one.is_read or wanted in off else wanted].append(one)
    return found
