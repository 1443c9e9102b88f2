"""What a person's own pages show, and what staff and networks read of a journey."""

from portal.journey.queries.corrections import (
    MOST_WAITING,
    Wish,
    answered_wishes,
    count_waiting,
    found_wish,
    waiting_wishes,
    wishes_for,
)
from portal.journey.queries.entries import (
    Between,
    Happening,
    entry_of,
    happened,
    told_to_network,
    told_to_staff,
)
from portal.journey.queries.memories import found_memory, same_memory
from portal.journey.queries.mine import Having, Mine, mine
from portal.journey.queries.naming import Named, Names, Surroundings, names_of, surroundings
from portal.journey.queries.own_wishes import open_wish, owned_relation, wishes_about
from portal.journey.queries.reader import Reader, person_named
from portal.journey.queries.ties import Tie

__all__ = [
    "MOST_WAITING",
    "Between",
    "Happening",
    "Having",
    "Mine",
    "Named",
    "Names",
    "Reader",
    "Surroundings",
    "Tie",
    "Wish",
    "answered_wishes",
    "count_waiting",
    "entry_of",
    "found_memory",
    "found_wish",
    "happened",
    "mine",
    "names_of",
    "open_wish",
    "owned_relation",
    "person_named",
    "same_memory",
    "surroundings",
    "told_to_network",
    "told_to_staff",
    "waiting_wishes",
    "wishes_about",
    "wishes_for",
]
