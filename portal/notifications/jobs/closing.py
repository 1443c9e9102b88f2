"""What has been seen to, or is no longer somebody's, stops waiting in their notices."""

from datetime import datetime, timedelta
from typing import Any

from portal.kernel import clock, jobs
from portal.kernel.facts import on
from portal.kernel.worker import every
from portal.networks.facts import (
    MembershipApproved,
    MembershipDeclined,
    NetworkLeft,
    RequestWithdrawn,
)
from portal.networks.queries import coordinator_ids
from portal.notifications.actions.closing import close_item, close_network
from portal.notifications.actions.forgetting import MOST_AT_ONCE, forget_notices

KEPT = timedelta(days=365)


@on(MembershipApproved, MembershipDeclined, RequestWithdrawn)
def close_request(fact: Any, _at: datetime) -> None:
    """Let no coordinator be told of a request that somebody has answered, or that was taken back."""
    people = coordinator_ids(fact.network_id)
    close_item(people, "MembershipAsked", fact.membership_id, clock.now())


@on(NetworkLeft)
def close_what_was_left(fact: NetworkLeft, _at: datetime) -> None:
    """Close what waited in a network for somebody who has left it."""
    close_network(fact.person_id, fact.network_id, clock.now())


@every(timedelta(days=1), "notifications.forget")
def forget_old_notices() -> None:
    """Delete notices after twelve months, and go on at once when there are more."""
    if forget_notices(clock.now() - KEPT) == MOST_AT_ONCE:
        jobs.enqueue("notifications.forget", {})
