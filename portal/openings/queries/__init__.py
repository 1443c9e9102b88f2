"""Find openings: which ones a person may see, a filtered list, one with what stands around it."""

from portal.openings.queries.filters import Filters
from portal.openings.queries.listing import Hits, found, in_network, latest, saved_by
from portal.openings.queries.one import networks_of, similar_to, visible_opening
from portal.openings.queries.visible import visible_to

__all__ = [
    "Filters",
    "Hits",
    "found",
    "in_network",
    "latest",
    "networks_of",
    "saved_by",
    "similar_to",
    "visible_opening",
    "visible_to",
]
