"""Who belongs where: the networks of a person, for every feature that shows things to members."""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import aliased

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.networks.models import Membership


def is_active(membership: Any = Membership) -> ColumnElement[bool]:
    """Say that a membership has begun and not ended; of the table, or of an alias of it."""
    active: ColumnElement[bool] = membership.began_at.is_not(None) & membership.ended_at.is_(None)
    return active


def is_waiting() -> ColumnElement[bool]:
    """Say that a membership has been asked for and not been answered."""
    return Membership.began_at.is_(None) & Membership.ended_at.is_(None)


def network_ids_of(person_id: int | None) -> Select[int]:
    """Select the networks a person belongs to, for use in `.in_()`; none for nobody."""
    return select(Membership.network_id).where(Membership.person_id == person_id, is_active())


def my_network_ids(actor: Actor) -> Select[int]:
    """Select the networks the actor belongs to, for use in `.in_()`."""
    return network_ids_of(actor.person_id)


def coordinated_ids(person_id: Any) -> Select[int]:
    """Select the networks somebody coordinates, for use in `.in_()`."""
    own = aliased(Membership)
    mine = (own.person_id == person_id, own.role == "coordinator")
    return select(own.network_id).where(*mine, is_active(own))


def belongs_to(person_id: Any, network_ids: Any) -> ColumnElement[bool]:
    """Say that somebody is an active member of one of these networks."""
    theirs = aliased(Membership)
    return exists().where(
        theirs.person_id == person_id,
        theirs.network_id.in_(network_ids),
        is_active(theirs),
    )


def is_near(actor: Actor, person_id: Any) -> ColumnElement[bool]:
    """Say that somebody shares a network with the actor (see people.queries.is_shown)."""
    return belongs_to(person_id, my_network_ids(actor))


def current_membership(actor: Actor, network_id: int) -> Membership | None:
    """Return the actor's membership as it now stands: asked or active, None otherwise."""
    if actor.person_id is None:
        return None
    query = select(Membership).where(
        Membership.network_id == network_id,
        Membership.person_id == actor.person_id,
        Membership.ended_at.is_(None),
    )
    return session().scalars(query.execution_options(populate_existing=True)).one_or_none()
