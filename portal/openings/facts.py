"""What happens to openings."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class OpeningPublished(Fact):
    """An opening can be seen; one fact for each network it is shown in."""

    opening_id: int
    network_id: int | None = None


@dataclass(frozen=True)
class OpeningClosed(Fact):
    """An opening can no longer be applied for."""

    opening_id: int


@dataclass(frozen=True)
class OpeningSaved(Fact):
    """A person kept an opening for later."""

    person_id: int
    opening_id: int
