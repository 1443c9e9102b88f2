"""What people can be told of, and what their choices mean."""

from portal.notifications.policy.choosing import Told, chosen
from portal.notifications.policy.kinds import KINDS, Kind, receivable, register

__all__ = ["KINDS", "Kind", "Told", "chosen", "receivable", "register"]
