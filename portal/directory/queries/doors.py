"""Who knows of somebody's door: one rule, asked of a page, of a list, and of how many there are."""

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    false,
    literal,
    literal_column,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.orm import aliased

from portal.accounts.models import Account
from portal.kernel.actors import Actor
from portal.networks.models import Membership
from portal.networks.queries import is_active, network_ids_of
from portal.people.models import Door, Person
from portal.people.policy import Reach
from portal.people.policy.door import KNOWN_TO, Ground, Position
from portal.people.queries import administers, is_shown, is_walled_off
from portal.people.queries.wall import Excludes

# Written out, not as a parameter, so that ix_membership_coordinators serves.
COORDINATOR: ColumnElement[str] = literal_column("'coordinator'")


class Standing(NamedTuple):
    """Where a viewer stands with regard to a door's owner, each part a condition."""

    coordinates: ColumnElement[bool]  # a network the owner belongs to
    administers: ColumnElement[bool]
    sees_name: ColumnElement[bool]
    walled: ColumnElement[bool]


def knows(door: Any, standing: Standing, today: Any) -> ColumnElement[bool]:
    """Say that a viewer who stands so knows of a door: the rule, and there is no other.

    `door` has the columns position, paused_until and expires_on, or values in their place.
    """
    grounds: Mapping[Ground, ColumnElement[bool]] = {
        "coordinators": standing.coordinates,
        "administrators": standing.administers,
        "members": true(),
    }
    reasons = [
        and_(door.position == position, or_(*(grounds[one] for one in sorted(known_to))))
        for position, known_to in KNOWN_TO.items()
        if known_to
    ]
    return and_(is_standing(door, today), or_(*reasons), standing.sees_name, ~standing.walled)


def is_standing(door: Any, today: Any) -> ColumnElement[bool]:
    """Say that a door is neither paused nor over."""
    return and_(
        or_(door.paused_until.is_(None), door.paused_until < today),
        or_(door.expires_on.is_(None), door.expires_on > today),
    )


def standing_of(
    viewer_id: Any, owner: Any, today: Any, is_shut_out: Excludes | None = None
) -> Standing:
    """Return where somebody with an account stands; `owner` has the columns of Person."""
    leads = administers(viewer_id)
    near = _share_network(viewer_id, owner.id)
    shown = is_shown(Actor(cast("int", viewer_id)), owner, near)
    active = and_(owner.suspended_at.is_(None), _may_come(viewer_id))
    return Standing(
        coordinates=_share_network(viewer_id, owner.id, role=COORDINATOR),
        administers=leads,
        sees_name=and_(active, or_(shown, leads)),
        walled=is_walled_off(viewer_id, owner.id, today, is_shut_out),
    )


def standing_as(reach: Reach, owner_id: int) -> Standing:
    """Return where somebody stands who has been let to a person's page, or who is imagined there.

    Administrators see the page of the suspended, but nobody knows of their door.
    """
    owner = aliased(Person)
    active = exists().where(owner.id == owner_id, owner.suspended_at.is_(None))
    return Standing(
        coordinates=literal(reach.coordinates),
        administers=literal(reach.actor.is_administrator),
        sees_name=and_(literal(reach.actor.is_signed_in), active),
        walled=literal(reach.walled),
    )


def sees_door(actor: Actor, person_id: Any, today: Any) -> ColumnElement[bool]:
    """Say that the actor knows of somebody's door, for lists; both may be given as parameters."""
    if not actor.is_signed_in:
        return false()
    owner, door = aliased(Person), aliased(Door)
    return exists().where(
        door.person_id == person_id,
        door.ended_at.is_(None),
        owner.id == door.person_id,
        knows(door, standing_of(actor.person_id, owner, today), today),
    )


def doors_in_reach(viewer_id: Any, *, administers: bool) -> Select[Any]:
    """Select whose doors somebody may have a ground to know of, name and wall left aside.

    To narrow a list before it is asked who knows (`sees_door`), and to count how long it may be.
    """
    current = select(Door.person_id).where(Door.ended_at.is_(None))
    if administers:
        return current.where(Door.position.in_(_positions_known_to("administrators")))
    mine, theirs = aliased(Membership), aliased(Membership)
    coordinated = (
        current.where(Door.position.in_(_positions_known_to("coordinators")))
        .join(theirs, theirs.person_id == Door.person_id)
        .join(mine, mine.network_id == theirs.network_id)
        .where(mine.person_id == viewer_id, mine.role == COORDINATOR)
        .where(is_active(mine), is_active(theirs))
    )
    to_members = current.where(Door.position.in_(_positions_known_to("members")))
    found = union(to_members, coordinated).subquery()
    return select(found.c.person_id)


def coordinator_ids_of(person_id: Any) -> Select[Any]:
    """Select who coordinates a network that somebody belongs to."""
    theirs = aliased(Membership)
    return select(theirs.person_id).where(
        theirs.network_id.in_(network_ids_of(person_id)),
        theirs.role == COORDINATOR,
        is_active(theirs),
    )


def _share_network(viewer_id: Any, owner_id: Any, **viewer_is: Any) -> ColumnElement[bool]:
    """Say that both belong to a network, as networks.queries.is_near does; for columns, too.

    In one level: a subquery in a subquery would not find the columns outside, and ask of anybody.
    """
    mine, theirs = aliased(Membership), aliased(Membership)
    return exists().where(
        mine.person_id == viewer_id,
        theirs.person_id == owner_id,
        theirs.network_id == mine.network_id,
        is_active(mine),
        is_active(theirs),
        *(getattr(mine, name) == value for name, value in viewer_is.items()),
    )


def _positions_known_to(*grounds: Ground) -> list[Position]:
    return [position for position, known_to in KNOWN_TO.items() if known_to & set(grounds)]


def _may_come(viewer_id: Any) -> ColumnElement[bool]:
    """Say that somebody has an account and is not suspended."""
    viewer = aliased(Person)
    return exists().where(
        Account.person_id == viewer_id,
        viewer.id == Account.person_id,
        viewer.suspended_at.is_(None),
    )
