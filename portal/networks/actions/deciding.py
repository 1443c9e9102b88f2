"""Answer those who ask to be let in: one answer each, however many coordinators click at once."""

from datetime import datetime

from portal.kernel.actors import Actor
from portal.kernel.decisions import NotAllowed, require
from portal.kernel.facts import record
from portal.networks.actions.changing import begin_waiting, end_waiting
from portal.networks.actions.counting import count_members
from portal.networks.facts import MembershipApproved, MembershipDeclined, NetworkJoined
from portal.networks.policy import ANSWERED, may_decide, still_waiting
from portal.networks.queries import Request, current_membership, request_of


def approve_request(actor: Actor, request: Request, at: datetime) -> None:
    """Let somebody in. Raises NotAllowed, saying who was first, when it is already answered."""
    require(may_decide(current_membership(actor, request.network_id), request))
    if not begin_waiting(request.membership_id, at, actor.person_id):
        raise _answered_already(actor, request)
    count_members(request.network_id, 1)
    about = (request.network_id, request.membership_id)
    record(MembershipApproved(request.person_id, actor.person_id, *about), at)
    record(NetworkJoined(request.person_id, *about), at)


def decline_request(actor: Actor, request: Request, reason: str, at: datetime) -> None:
    """Say no, with a reason the person will read. Raises NotAllowed when already answered."""
    require(may_decide(current_membership(actor, request.network_id), request))
    answer = {"reason": reason, "decided_by_id": actor.person_id}
    if not end_waiting(request.membership_id, at, "declined", **answer):
        raise _answered_already(actor, request)
    about = (request.network_id, request.membership_id)
    record(MembershipDeclined(request.person_id, actor.person_id, *about), at)


def _answered_already(actor: Actor, request: Request) -> NotAllowed:
    """Say what became of a request that somebody else was first to answer."""
    now_stands = request_of(actor, request.slug, request.public_id)
    reason = still_waiting(now_stands).reason if now_stands else None
    return NotAllowed(reason or ANSWERED)
