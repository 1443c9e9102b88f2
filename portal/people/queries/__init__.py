"""Find people, as far as the one who asks may see them."""

from portal.people.queries.addresses import address_by_id, addresses_of, mailbox, workplaces
from portal.people.queries.door import current_door, door_called
from portal.people.queries.duties import administers, administrator_ids, is_administrator
from portal.people.queries.finding import (
    host,
    person_by_address,
    present_id,
    primary_address,
)
from portal.people.queries.profile import (
    PARTS,
    Told,
    in_columns,
    myself,
    own_work,
    selects_of,
    told_by,
    told_from,
)
from portal.people.queries.relations import relation_kinds, relations_of, standing_relations
from portal.people.queries.sight import is_shown
from portal.people.queries.wall import is_walled_off, sees_no_candidacy

__all__ = [
    "PARTS",
    "Told",
    "address_by_id",
    "addresses_of",
    "administers",
    "administrator_ids",
    "current_door",
    "door_called",
    "host",
    "in_columns",
    "is_administrator",
    "is_shown",
    "is_walled_off",
    "mailbox",
    "myself",
    "own_work",
    "person_by_address",
    "present_id",
    "primary_address",
    "relation_kinds",
    "relations_of",
    "selects_of",
    "sees_no_candidacy",
    "standing_relations",
    "told_by",
    "told_from",
    "workplaces",
]
