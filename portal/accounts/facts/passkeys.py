"""What happens to passkeys.

An account has its person's id, so `account_id` is whose it is: no part of their journey.
"""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class PasskeyAdded(Fact):
    """A person added a passkey."""

    person_id: int
    passkey_id: int


@dataclass(frozen=True)
class PasskeyRenamed(Fact):
    """A person gave a passkey another name."""

    account_id: int
    passkey_id: int


@dataclass(frozen=True)
class PasskeyRemoved(Fact):
    """A person removed a passkey."""

    person_id: int
    passkey_id: int


@dataclass(frozen=True)
class PasskeyRefused(Fact):
    """A passkey was refused, since its counter had gone backwards: it may have been copied."""

    account_id: int
    passkey_id: int
