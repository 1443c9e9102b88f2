"""Leave a network."""

from datetime import datetime

from portal.kernel.actors import Actor
from portal.kernel.decisions import require
from portal.kernel.facts import record
from portal.networks.actions.changing import end_active
from portal.networks.actions.counting import count_coordinated, count_members
from portal.networks.facts import NetworkLeft
from portal.networks.models import Membership
from portal.networks.policy import is_coordinator, may_leave
from portal.networks.queries import others_coordinate


def leave_network(actor: Actor, membership: Membership | None, at: datetime) -> bool:
    """End the actor's own membership; say whether this click did it, not an earlier one."""
    if membership is None or membership.state != "active":
        return False
    coordinates = is_coordinator(membership)
    # Two coordinators who leave at once must not leave the network without one.
    others = not coordinates or others_coordinate(actor, membership.network_id)
    require(may_leave(membership, others_coordinate=others))
    if not end_active(membership.id, at, "left"):
        return False
    count_members(membership.network_id, -1)
    if coordinates:
        count_coordinated(membership.person_id, -1)
    record(NetworkLeft(membership.person_id, membership.network_id, membership.id), at)
    return True
