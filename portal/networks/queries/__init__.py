"""Find networks, their people and the requests to join them, as far as the one who asks may see."""

from portal.networks.queries.belonging import (
    belongs_to,
    coordinated_ids,
    current_membership,
    is_active,
    is_near,
    my_network_ids,
    network_ids_of,
)
from portal.networks.queries.listing import (
    MOST_COUNTED,
    Filters,
    industries_in_use,
    listed,
    named_for,
)
from portal.networks.queries.members import Members, first_members, members_of
from portal.networks.queries.one import Found, coordinator_ids, found_network, others_coordinate
from portal.networks.queries.requests import Request, request_of, waiting_for
from portal.networks.queries.visible import may_be_seen_by, visible_to

__all__ = [
    "MOST_COUNTED",
    "Filters",
    "Found",
    "Members",
    "Request",
    "belongs_to",
    "coordinated_ids",
    "coordinator_ids",
    "current_membership",
    "first_members",
    "found_network",
    "industries_in_use",
    "is_active",
    "is_near",
    "listed",
    "may_be_seen_by",
    "members_of",
    "my_network_ids",
    "named_for",
    "network_ids_of",
    "others_coordinate",
    "request_of",
    "visible_to",
    "waiting_for",
]
