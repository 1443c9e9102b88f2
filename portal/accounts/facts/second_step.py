"""What happens to the second step of signing in.

An account has its person's id, so `account_id` is whose it is: no part of their journey.
"""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class SecondStepTurnedOn(Fact):
    """From now on a person is asked for a code from their app, too."""

    person_id: int


@dataclass(frozen=True)
class SecondStepTurnedOff(Fact):
    """A person is no longer asked for a code from their app."""

    person_id: int


@dataclass(frozen=True)
class SecondStepFailed(Fact):
    """Somebody took the first step into an account, and wrote wrong codes at the second."""

    account_id: int


@dataclass(frozen=True)
class PrintedCodesMade(Fact):
    """A person got new printed codes; the old ones open nothing."""

    account_id: int


@dataclass(frozen=True)
class PrintedCodeUsed(Fact):
    """Somebody signed in with a printed code."""

    account_id: int
