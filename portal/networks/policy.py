"""Rules of networks: who sees what is inside, who may come in, leave, and decide about others."""

from typing import Protocol

from portal.kernel.actors import Actor
from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.text import Lazy, _l
from portal.networks.models import Membership, Network

ADMISSION_NAMES: dict[str, Lazy] = {
    "open": _l("Open to all"),
    "on_request": _l("On request"),
    "by_invitation": _l("By invitation"),
}
VISIBILITY_NAMES: dict[str, Lazy] = {
    "public": _l("Everyone can see the network."),
    "known": _l("Only members see what is inside."),
    "hidden": _l("Only members know that the network exists."),
}
ROLE_NAMES: dict[str, Lazy] = {
    "member": _l("Member"),
    "moderator": _l("Moderator"),
    "coordinator": _l("Coordinator"),
}
ANSWERED = _l("This request has already been answered.")
SHORTEST_MOTIVATION, LONGEST_MOTIVATION = 10, 500  # characters
SHORTEST_REASON, LONGEST_REASON = 5, 1000  # characters


class Request(Protocol):
    """Somebody's wish to become a member, waiting or decided."""

    @property
    def outcome(self) -> str: ...
    @property
    def person(self) -> str: ...
    @property
    def decided_by(self) -> str | None: ...


def is_member(membership: Membership | None) -> bool:
    """Say whether this membership is active."""
    return membership is not None and membership.state == "active"


def is_coordinator(membership: Membership | None) -> bool:
    """Say whether this membership is active and carries the duty to coordinate."""
    return membership is not None and is_member(membership) and membership.role == "coordinator"


def may_see_inside(actor: Actor, network: Network, membership: Membership | None) -> bool:
    """Say whether the actor sees description, people and activity, not only name and summary."""
    return network.visibility == "public" or is_member(membership) or actor.is_administrator


def may_join(actor: Actor, network: Network, membership: Membership | None) -> Decision:
    """Say whether the actor may become a member at once."""
    if network.admission != "open":
        return deny(_l("This network is not open to all."))
    return _may_come_in(actor, membership)


def may_ask(actor: Actor, network: Network, membership: Membership | None) -> Decision:
    """Say whether the actor may ask the coordinators to be let in; after a no, at once."""
    if network.admission == "by_invitation":
        return deny(_l("You become a member here by invitation from a coordinator."))
    if network.admission == "open":
        return deny(_l("There is no need to ask: this network is open to all."))
    return _may_come_in(actor, membership)


def may_withdraw(membership: Membership | None) -> Decision:
    """Say whether a request can be taken back."""
    if membership is None or membership.asked_at is None:
        return deny(_l("You have no request here to take back."))
    if membership.state == "active":
        return deny(_l("A coordinator has already said yes, so you are a member now."))
    if membership.state == "ended":
        return deny(_l("Your request is no longer waiting."))
    return ALLOW


def may_leave(membership: Membership | None, *, others_coordinate: bool) -> Decision:
    """Say whether a member may leave; the last coordinator hands over first."""
    if not is_member(membership):
        return deny(_l("You are not a member of this network."))
    if is_coordinator(membership) and not others_coordinate:
        return deny(
            _l("You are the only coordinator. Hand the network over to somebody before you leave.")
        )
    return ALLOW


def may_decide(membership: Membership | None, request: Request) -> Decision:
    """Say whether the one with `membership` may decide on a request that somebody made."""
    if not is_coordinator(membership):
        return deny(_l("Only coordinators of the network decide who is let in."))
    return still_waiting(request)


def still_waiting(request: Request) -> Decision:
    """Say whether a request can still be decided, or what became of it and by whom."""
    if request.outcome == "waiting":
        return ALLOW
    if request.outcome == "withdrawn":
        return deny(_l("%(person)s has taken the request back.", person=request.person))
    if request.decided_by is None:
        return deny(ANSWERED)
    if request.outcome == "approved":
        return deny(_l("Already approved by %(name)s.", name=request.decided_by))
    return deny(_l("Already answered with a no by %(name)s.", name=request.decided_by))


def _may_come_in(actor: Actor, membership: Membership | None) -> Decision:
    if not actor.is_signed_in:
        return deny(_l("Sign in or join the portal first, then you come right back here."))
    if membership is None:
        return ALLOW
    if membership.state == "active":
        return deny(_l("You are already a member."))
    if membership.state == "asked":
        return deny(_l("You have already asked, and a coordinator will answer you."))
    if membership.ended_as == "removed":
        return deny(_l("A coordinator has ended your membership and can invite you back."))
    return ALLOW
