"""That people come."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class PersonArrived(Fact):
    """A person came to the portal for the first time."""

    person_id: int
