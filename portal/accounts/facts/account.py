"""What happens to accounts."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class AccountOpened(Fact):
    """A person signed in for the first time."""

    person_id: int


@dataclass(frozen=True)
class PasswordChanged(Fact):
    """A password was set, changed or taken away."""

    person_id: int
