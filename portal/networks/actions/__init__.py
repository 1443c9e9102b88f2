"""People come into networks, ask to, are answered, and leave."""

from portal.networks.actions.deciding import approve_request, decline_request
from portal.networks.actions.joining import ask_to_join, join_network, withdraw_request
from portal.networks.actions.leaving import leave_network
from portal.networks.actions.merging import unite_memberships

__all__ = [
    "approve_request",
    "ask_to_join",
    "decline_request",
    "join_network",
    "leave_network",
    "unite_memberships",
    "withdraw_request",
]
