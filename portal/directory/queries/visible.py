"""Which people somebody may see: the rule `people.policy.may_see_name`, in SQL."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from portal.kernel.actors import Actor
from portal.networks.models import Membership
from portal.networks.queries import my_network_ids
from portal.people.models import Person


def columns(people: Any) -> tuple[Any, ...]:
    """Return what a list of people shows, from the table or from a part of it."""
    names = ("id", "public_id", "name", "headline", "municipality", "sort_key")
    return tuple(getattr(people, name) for name in names)


def visible_people(actor: Actor) -> Select[Any]:
    """Select the people the actor may see; the only way from an address or a name to a person."""
    return select(*columns(Person)).where(may_be_seen_by(actor, Person))


def may_be_seen_by(actor: Actor, people: Any) -> ColumnElement[bool]:
    """Say that somebody of `people` shows their name to the actor."""
    return or_(*grounds(actor, people))


def grounds(actor: Actor, people: Any) -> list[ColumnElement[bool]]:
    """Return the grounds on which people may be seen, each of them enough."""
    if actor.is_administrator:
        return [true()]
    if not actor.is_signed_in:
        return [false()]
    return [
        people.id == actor.person_id,
        people.name_shown == "members",
        and_(people.name_shown == "networks", shares_network(actor, people)),
    ]


def shares_network(actor: Actor, people: Any) -> ColumnElement[bool]:
    """Say that somebody is an active member of a network that the actor belongs to."""
    return belongs_to(people, my_network_ids(actor))


def belongs_to(people: Any, network_ids: Any) -> ColumnElement[bool]:
    """Say that somebody is an active member of one of these networks."""
    theirs = aliased(Membership)
    return exists().where(
        theirs.person_id == people.id,
        theirs.network_id.in_(network_ids),
        theirs.began_at.is_not(None),
        theirs.ended_at.is_(None),
    )
