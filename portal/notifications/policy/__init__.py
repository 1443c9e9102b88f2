"""What people can be told of, and what their choices mean."""

from portal.notifications.policy import log
from portal.notifications.policy.choosing import NOTHING, Chosen, Told, chosen
from portal.notifications.policy.kinds import KINDS, Kind, Whom, receivable, register, whom
from portal.notifications.policy.lists import (
    GATHERINGS,
    Gathering,
    Meant,
    id_of,
    name_of,
    read_list,
    write_list,
)
from portal.notifications.policy.pausing import (
    LENGTHS,
    LONGEST_PAUSE,
    OPEN_END,
    Length,
    first_day,
    is_open,
)

__all__ = [
    "GATHERINGS",
    "KINDS",
    "LENGTHS",
    "LONGEST_PAUSE",
    "NOTHING",
    "OPEN_END",
    "Chosen",
    "Gathering",
    "Kind",
    "Length",
    "Meant",
    "Told",
    "Whom",
    "chosen",
    "first_day",
    "id_of",
    "is_open",
    "log",
    "name_of",
    "read_list",
    "receivable",
    "register",
    "whom",
    "write_list",
]
