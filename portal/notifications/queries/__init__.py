"""Find what people have chosen, what they are told, and what of it they may still see."""

from portal.notifications.queries.choices import Wishes, choices_of, wishes_of
from portal.notifications.queries.lists import current_choice, network_of, place_called
from portal.notifications.queries.notices import Shown, found_notice, notices_of
from portal.notifications.queries.places import Place, off_since
from portal.notifications.queries.settings import MyNetwork, my_network, my_networks, rhythm_of

__all__ = [
    "MyNetwork",
    "Place",
    "Shown",
    "Wishes",
    "choices_of",
    "current_choice",
    "found_notice",
    "my_network",
    "my_networks",
    "network_of",
    "notices_of",
    "off_since",
    "place_called",
    "rhythm_of",
    "wishes_of",
]
