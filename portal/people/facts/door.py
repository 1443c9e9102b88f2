"""What people do with their door."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class DoorSet(Fact):
    """A person chose how their door stands and who may never know."""

    person_id: int
    door_id: int


@dataclass(frozen=True)
class DoorKept(Fact):
    """A person said that their door stays as it is for another half year."""

    person_id: int
    door_id: int
