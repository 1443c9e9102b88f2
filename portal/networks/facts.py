"""What happens in and around networks."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class NetworkJoined(Fact):
    """A person became a member, by themselves or after a coordinator's yes."""

    person_id: int
    network_id: int
    membership_id: int


@dataclass(frozen=True)
class MembershipAsked(Fact):
    """A person asked to become a member."""

    person_id: int
    network_id: int
    membership_id: int


@dataclass(frozen=True)
class MembershipApproved(Fact):
    """A coordinator said yes to a request."""

    person_id: int
    actor_id: int | None
    network_id: int
    membership_id: int


@dataclass(frozen=True)
class MembershipDeclined(Fact):
    """A coordinator said no to a request, with a reason."""

    person_id: int
    actor_id: int | None
    network_id: int
    membership_id: int


@dataclass(frozen=True)
class RequestWithdrawn(Fact):
    """A person took their request back."""

    person_id: int
    network_id: int
    membership_id: int


@dataclass(frozen=True)
class NetworkLeft(Fact):
    """A member left."""

    person_id: int
    network_id: int
    membership_id: int
