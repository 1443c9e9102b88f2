"""Memberships of the demo world, in every state."""

from datetime import datetime, timedelta
from typing import Any

from portal.kernel.db import session
from portal.kernel.facts import record
from portal.networks.facts import MembershipAsked, NetworkJoined, NetworkLeft
from portal.networks.models import Membership, Network
from portal.people.models import Person


def make_memberships(
    told: list[dict[str, Any]],
    networks: dict[str, Network],
    people: dict[str, Person],
    at: datetime,
) -> None:
    """Write memberships down as they came to be."""
    coordinators = {one["network"]: one["person"] for one in told if one["role"] == "coordinator"}
    for one in sorted(told, key=lambda one: -one["days_ago"]):
        network, person = networks[one["network"]], people[one["person"]]
        membership = _membership(one, network, person, at)
        if one["state"] == "declined":
            membership.decided_by_id = people[coordinators[one["network"]]].id
        session().add(membership)
        session().flush()
        _count(membership, network, person)
        _record(membership)


def _membership(told: dict[str, Any], network: Network, person: Person, at: datetime) -> Membership:
    began = at - timedelta(days=told["days_ago"], hours=told["days_ago"] % 7)
    is_request = told["state"] in ("asked", "declined", "withdrawn")
    ended = told["state"] in ("declined", "withdrawn", "left")
    ended_at = at - timedelta(days=told.get("ended_days_ago") or max(1, told["days_ago"] // 2))
    return Membership(
        network_id=network.id,
        person_id=person.id,
        role=told["role"],
        motivation=told.get("motivation") or "",
        reason=told.get("reason") or "",
        asked_at=began if is_request else None,
        began_at=None if is_request else began,
        ended_at=ended_at if ended else None,
        ended_as=told["state"] if ended else None,
    )


def _count(membership: Membership, network: Network, person: Person) -> None:
    if membership.state == "active":
        network.member_count = (network.member_count or 0) + 1
        if membership.role == "coordinator":
            person.coordinates = (person.coordinates or 0) + 1


def _record(membership: Membership) -> None:
    ids = (membership.person_id, membership.network_id, membership.id)
    if membership.asked_at:
        record(MembershipAsked(*ids), membership.asked_at, quietly=True)
    if membership.began_at:
        record(NetworkJoined(*ids), membership.began_at, quietly=True)
    if membership.ended_at and membership.ended_as == "left":
        record(NetworkLeft(*ids), membership.ended_at, quietly=True)
