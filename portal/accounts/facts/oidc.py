"""What happens to sign-ins from other organisations."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class IdentityLinked(Fact):
    """A person can sign in with another organisation's sign-in."""

    person_id: int
    identity_id: int


@dataclass(frozen=True)
class IdentityUnlinked(Fact):
    """A person took a sign-in from another organisation away."""

    person_id: int
    identity_id: int
