"""Find openings: which ones a person may see, a filtered list, one with what stands around it."""

from portal.openings.queries.built import MOST_COUNTED, MOST_SORTED
from portal.openings.queries.filters import Filters
from portal.openings.queries.listing import Hits, found
from portal.openings.queries.networks import MOST_OFFERED, networks_to_choose
from portal.openings.queries.one import networks_of, similar_to, visible_opening
from portal.openings.queries.rows import in_network, latest
from portal.openings.queries.visible import visible_to

__all__ = [
    "MOST_COUNTED",
    "MOST_OFFERED",
    "MOST_SORTED",
    "Filters",
    "Hits",
    "found",
    "in_network",
    "latest",
    "networks_of",
    "networks_to_choose",
    "similar_to",
    "visible_opening",
    "visible_to",
]
