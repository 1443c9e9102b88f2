"""What happens to what people tell about themselves."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class ProfileChanged(Fact):
    """A person changed what they tell about themselves."""

    person_id: int


@dataclass(frozen=True)
class AudienceChosen(Fact):
    """A person chose who sees something of what they tell."""

    person_id: int


@dataclass(frozen=True)
class PhotoChanged(Fact):
    """A person put up a photo of themselves, or another one."""

    person_id: int


@dataclass(frozen=True)
class PhotoRemoved(Fact):
    """A person took their photo away."""

    person_id: int


@dataclass(frozen=True)
class ProfileConfirmed(Fact):
    """A person said that what they tell about themselves is still right."""

    person_id: int
