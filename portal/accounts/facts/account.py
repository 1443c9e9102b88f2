"""What happens to accounts."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class AccountOpened(Fact):
    """A person signed in for the first time."""

    person_id: int


@dataclass(frozen=True)
class PrimaryChangeUndone(Fact):
    """Whoever reads the former primary address said that the change was not theirs.

    No part of anybody's journey: `account_id` is whose it is.
    """

    account_id: int
    address_id: int


@dataclass(frozen=True)
class AddressRefused(Fact):
    """A mail server said that nobody has one of a person's addresses any more.

    No part of anybody's journey: `account_id` is whose it is.
    """

    account_id: int
    address_id: int


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
