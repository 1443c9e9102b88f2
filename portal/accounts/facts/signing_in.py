"""What happens at the door: for the security log, and no part of anybody's journey.

An account has its person's id, so `account_id` is whose it is.
"""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class SignedIn(Fact):
    """Somebody signed in; the session knows how, and at which browser."""

    account_id: int
    session_id: int


@dataclass(frozen=True)
class CodeMailed(Fact):
    """Somebody asked for a code to sign in, and it was mailed."""

    account_id: int


@dataclass(frozen=True)
class PasswordRefused(Fact):
    """Somebody wrote a wrong password; at most one an hour is recorded."""

    account_id: int


@dataclass(frozen=True)
class CodeRefused(Fact):
    """Somebody wrote a wrong code; at most one an hour is recorded."""

    account_id: int


@dataclass(frozen=True)
class ProofGiven(Fact):
    """Somebody who was signed in showed again who they are."""

    account_id: int
    session_id: int


@dataclass(frozen=True)
class SessionEnded(Fact):
    """A browser was signed out."""

    account_id: int
    session_id: int


@dataclass(frozen=True)
class EverySessionEnded(Fact):
    """A person signed out everywhere."""

    account_id: int
