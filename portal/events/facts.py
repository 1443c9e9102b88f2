"""What happens around events."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class EventAnnounced(Fact):
    """An event can be seen and places taken."""

    event_id: int
    network_id: int | None


@dataclass(frozen=True)
class PlaceTaken(Fact):
    """A person took a place at an event."""

    person_id: int
    event_id: int
    registration_id: int


@dataclass(frozen=True)
class PlaceGivenBack(Fact):
    """A person gave their place back."""

    person_id: int
    event_id: int
    registration_id: int
