"""What happens to accounts."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class AccountOpened(Fact):
    """A person signed in for the first time."""

    person_id: int


@dataclass(frozen=True)
class PasswordSet(Fact):
    """A person who had no password chose one."""

    person_id: int


@dataclass(frozen=True)
class PasswordChanged(Fact):
    """A password was changed for another."""

    person_id: int


@dataclass(frozen=True)
class PasswordRemoved(Fact):
    """A password was taken away."""

    person_id: int
