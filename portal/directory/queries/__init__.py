"""Find people, as far as each of them lets the one who looks see them."""

from portal.directory.queries.filters import Filters, MyNetwork
from portal.directory.queries.found import Found, found_person, present_id
from portal.directory.queries.listing import Listed, listed
from portal.directory.queries.networks import Outlook, outlook, shared_networks
from portal.directory.queries.one import SeenPerson, profile_of, seen_photo
from portal.directory.queries.visible import is_unseen_member

__all__ = [
    "Filters",
    "Found",
    "Listed",
    "MyNetwork",
    "Outlook",
    "SeenPerson",
    "found_person",
    "is_unseen_member",
    "listed",
    "outlook",
    "present_id",
    "profile_of",
    "seen_photo",
    "shared_networks",
]
