"""Come into a network, or ask to be let in and take that back."""

from datetime import datetime

from portal.kernel.actors import Actor
from portal.kernel.db import insert_new, session
from portal.kernel.decisions import require
from portal.kernel.facts import record
from portal.networks.actions.changing import end_waiting
from portal.networks.actions.counting import count_members
from portal.networks.facts import MembershipAsked, NetworkJoined, RequestWithdrawn
from portal.networks.models import Membership, Network
from portal.networks.policy import may_ask, may_join, may_withdraw
from portal.networks.queries import current_membership


def join_network(actor: Actor, network: Network, latest: Membership | None, at: datetime) -> bool:
    """Become a member of an open network; say whether this click did it, not an earlier one."""
    if current_membership(actor, network.id):
        return False
    require(may_join(actor, network, latest))
    assert actor.person_id is not None
    membership_id = _insert(actor, network, began_at=at)
    if membership_id is None:
        return False
    count_members(network.id, 1)
    record(NetworkJoined(actor.person_id, network.id, membership_id), at)
    return True


def ask_to_join(
    actor: Actor, network: Network, latest: Membership | None, motivation: str, at: datetime
) -> bool:
    """Ask the coordinators to be let in; say whether this click did it, not an earlier one."""
    if current_membership(actor, network.id):
        return False
    require(may_ask(actor, network, latest))
    assert actor.person_id is not None
    membership_id = _insert(actor, network, asked_at=at, motivation=motivation)
    if membership_id is None:
        return False
    record(MembershipAsked(actor.person_id, network.id, membership_id), at)
    return True


def withdraw_request(actor: Actor, membership: Membership | None, at: datetime) -> None:
    """Take the actor's own request back; doing it twice is doing it once."""
    if membership is not None and membership.ended_as == "withdrawn":
        return
    require(may_withdraw(membership))
    assert membership is not None
    assert actor.person_id is not None
    if end_waiting(membership.id, at, "withdrawn"):
        record(RequestWithdrawn(actor.person_id, membership.network_id, membership.id), at)
        return
    session().refresh(membership)
    require(may_withdraw(membership))


def _insert(actor: Actor, network: Network, **values: object) -> int | None:
    """Add a row for the actor; None when another click has just added theirs."""
    row = {"network_id": network.id, "person_id": actor.person_id, **values}
    added = insert_new(Membership).values(row).returning(Membership.id)
    number: int | None = session().scalar(added)
    return number
