"""Answer those who ask to be let in: one answer each, however many coordinators click at once."""

from datetime import datetime

from portal.kernel.actors import Actor
from portal.kernel.decisions import require
from portal.kernel.facts import record
from portal.networks.actions.changing import begin_waiting, end_waiting
from portal.networks.actions.counting import count_members
from portal.networks.facts import MembershipApproved, MembershipDeclined, NetworkJoined
from portal.networks.models import Membership
from portal.networks.policy import may_decide, still_waiting
from portal.networks.queries import Request, current_membership, request_of


def approve_request(actor: Actor, request: Request, at: datetime) -> None:
    """Let somebody in. Raises NotAllowed, saying who was first, when it is already answered."""
    require(may_decide(current_membership(actor, request.network_id), request))
    if not begin_waiting(request.membership_id, at, actor.person_id):
        _tell_what_became_of(actor, request)
        return
    count_members(request.network_id, 1)
    person_id = _person_id(request)
    about = (request.network_id, request.membership_id)
    record(MembershipApproved(person_id, actor.person_id, *about), at)
    record(NetworkJoined(person_id, *about), at)


def decline_request(actor: Actor, request: Request, reason: str, at: datetime) -> None:
    """Say no, with a reason the person will read. Raises NotAllowed when already answered."""
    require(may_decide(current_membership(actor, request.network_id), request))
    answer = {"reason": reason, "decided_by_id": actor.person_id}
    if not end_waiting(request.membership_id, at, "declined", **answer):
        _tell_what_became_of(actor, request)
        return
    person_id = _person_id(request)
    about = (request.network_id, request.membership_id)
    record(MembershipDeclined(person_id, actor.person_id, *about), at)
