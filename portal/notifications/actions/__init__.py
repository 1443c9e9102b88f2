"""What happens to notices, and what people choose to be told, when, and by which list."""

from portal.notifications.actions.choosing import (
    choose,
    choose_as_everywhere,
    choose_in,
    turn_on,
)
from portal.notifications.actions.closing import close_item, close_network
from portal.notifications.actions.forgetting import forget_notices
from portal.notifications.actions.listing import (
    held_place,
    leave_list,
    mailing_list,
    rejoin_list,
)
from portal.notifications.actions.merging import unite_items, unite_notices
from portal.notifications.actions.muting import mute, unmute
from portal.notifications.actions.pausing import pause, resume
from portal.notifications.actions.reading import read_notice, read_until
from portal.notifications.actions.telling import News, tell

__all__ = [
    "News",
    "choose",
    "choose_as_everywhere",
    "choose_in",
    "close_item",
    "close_network",
    "forget_notices",
    "held_place",
    "leave_list",
    "mailing_list",
    "mute",
    "pause",
    "read_notice",
    "read_until",
    "rejoin_list",
    "resume",
    "tell",
    "turn_on",
    "unite_items",
    "unite_notices",
    "unmute",
]
