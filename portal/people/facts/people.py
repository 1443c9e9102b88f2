"""What happens to people."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class PersonArrived(Fact):
    """A person came to the portal for the first time."""

    person_id: int


@dataclass(frozen=True)
class ProfileChanged(Fact):
    """A person changed what they tell about themselves."""

    person_id: int


@dataclass(frozen=True)
class AudienceChosen(Fact):
    """A person chose who sees their name."""

    person_id: int
