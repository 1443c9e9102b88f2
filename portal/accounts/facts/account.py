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
    """Mails to one of a person's addresses come back: nobody has it any more.

    No part of anybody's journey: `account_id` is whose it is.
    """

    account_id: int
    address_id: int


@dataclass(frozen=True)
class AddressReached(Fact):
    """What was mailed to an address that mails came back from has been read there."""

    account_id: int
    address_id: int


@dataclass(frozen=True)
class AddressComplained(Fact):
    """Whoever reads one of a person's addresses told their mail provider that our mails are unwanted."""

    account_id: int
    address_id: int


@dataclass(frozen=True)
class AddressAllowed(Fact):
    """A person lets mails that are chosen come again, to an address where they had been unwanted."""

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
