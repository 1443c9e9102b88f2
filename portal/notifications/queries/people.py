"""People who can be told something: who they are to the rules, and the members of a network."""

from collections.abc import Iterable

from sqlalchemy import select

from portal.kernel.actors import ADMINISTRATOR, Actor
from portal.kernel.db import session
from portal.networks.models import Membership
from portal.networks.queries.belonging import is_active
from portal.people.models import Person
from portal.people.queries import administers, administrator_ids


def actors_of(person_ids: Iterable[int]) -> dict[int, Actor]:
    """Return these people as the rules of sight know them; one query."""
    query = select(Person.id, Person.name, Person.coordinates, administers(Person.id))
    return {
        number: Actor(
            number, name, frozenset({ADMINISTRATOR} if is_leading else ()), coordinates > 0
        )
        for number, name, coordinates, is_leading in session().execute(
            query.where(Person.id.in_(list(person_ids)))
        )
    }


def members_after(network_id: int, after: int, most: int) -> list[int]:
    """Return some of a network's active members, by their number, beginning after one of them."""
    query = select(Membership.person_id).where(
        Membership.network_id == network_id, Membership.person_id > after, is_active()
    )
    return list(session().scalars(query.order_by(Membership.person_id).limit(most)))


def administrators_now() -> list[int]:
    """Return who administers the portal, by their number."""
    return list(session().scalars(administrator_ids().order_by("person_id")))
