"""Find people, as far as the one who asks may see them."""

from portal.people.queries.finding import (
    fold_address,
    host,
    is_administrator,
    person_by_address,
    primary_address,
)
from portal.people.queries.relations import relation_kinds, relations_of
from portal.people.queries.sight import is_shown
from portal.people.queries.wall import is_walled_off

__all__ = [
    "fold_address",
    "host",
    "is_administrator",
    "is_shown",
    "is_walled_off",
    "person_by_address",
    "primary_address",
    "relation_kinds",
    "relations_of",
]
