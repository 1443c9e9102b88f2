"""What a person's own pages show, and what staff and networks read of a journey."""

from typing import Any

from sqlalchemy import select

from portal.journey.queries.corrections import (
    Wish,
    answered_wishes,
    found_wish,
    open_wish,
    owned_relation,
    waiting_wishes,
    wishes_about,
)
from portal.journey.queries.entries import (
    Between,
    Happening,
    ToldToNetwork,
    entry_of,
    happened,
    told_to_network,
)
from portal.journey.queries.memories import found_memory, same_memory
from portal.journey.queries.mine import Having, Mine, mine
from portal.journey.queries.naming import Named, Names, Reader, names_and_ties, names_of
from portal.journey.queries.ties import Tie
from portal.kernel.db import session
from portal.people.models import Person

__all__ = [
    "Between",
    "Happening",
    "Having",
    "Mine",
    "Named",
    "Names",
    "Reader",
    "Tie",
    "ToldToNetwork",
    "Wish",
    "answered_wishes",
    "entry_of",
    "found_memory",
    "found_wish",
    "happened",
    "mine",
    "names_and_ties",
    "names_of",
    "open_wish",
    "owned_relation",
    "person_named",
    "same_memory",
    "told_to_network",
    "waiting_wishes",
    "wishes_about",
]


def person_named(public_id: str) -> Any | None:
    """Find somebody by their address, for those who may see everybody."""
    query = select(Person.id, Person.public_id, Person.name).where(Person.public_id == public_id)
    return session().execute(query).one_or_none()
