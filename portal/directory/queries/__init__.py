"""Find people, as far as each of them lets the one who looks see them."""

from portal.directory.queries.filters import Filters, MyNetwork
from portal.directory.queries.listing import Listed, listed
from portal.directory.queries.networks import Outlook, outlook, shared_networks
from portal.directory.queries.one import found_person
from portal.directory.queries.visible import visible_people

__all__ = [
    "Filters",
    "Listed",
    "MyNetwork",
    "Outlook",
    "found_person",
    "listed",
    "outlook",
    "shared_networks",
    "visible_people",
]
