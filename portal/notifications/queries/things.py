"""What facts happened to, of each kind among some ids, as far as the one who is told may see it."""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, literal, null, select

from portal.events.models import Event
from portal.events.queries import visible_to as visible_events
from portal.kernel.actors import Actor
from portal.kernel.db import UTCDateTime
from portal.kernel.viewing import kind_of
from portal.networks.models import Membership, Network
from portal.networks.queries import coordinated_ids, is_near
from portal.networks.queries import visible_to as visible_networks
from portal.networks.queries.belonging import is_active, is_waiting
from portal.notifications.policy.words import Thing
from portal.openings.models import Opening
from portal.openings.queries import visible_to as visible_openings
from portal.openings.queries.visible import is_open
from portal.people.models import Person, Role
from portal.people.queries import is_shown

NOTHING, NO_TIME = cast(null(), String), cast(null(), UTCDateTime())
Told = dict[str, Any]
Find = Callable[[Actor, set[int], datetime], Select[Any]]


def columns(
    query: Any,
    fact: str,
    subject_id: Any,
    *,
    who: Any = NOTHING,
    what: Any = NOTHING,
    slug: Any = NOTHING,
    quote: Any = NOTHING,
    network: Any = NOTHING,
    starts_at: Any = NO_TIME,
    is_over: ColumnElement[bool] | None = None,
) -> Select[Any]:
    """Let a query give the fields of a Thing, in their order."""
    over = literal(0) if is_over is None else case((is_over, 1), else_=0)
    told = (literal(fact), subject_id, who, what, slug, quote, network, starts_at, over)
    named = [one.label(field.name) for one, field in zip(told, fields(Thing), strict=True)]
    found: Select[Any] = query.with_only_columns(*named)
    return found


def _requests(actor: Actor, ids: set[int], _at: datetime) -> Select[Any]:
    """Requests to join what the actor coordinates; over when answered, absent when taken back."""
    query = _joined(ids).where(
        Membership.asked_at.is_not(None),
        Membership.ended_as.is_distinct_from("withdrawn"),
        Membership.network_id.in_(coordinated_ids(actor.person_id)),
    )
    told: Told = {"who": Person.name, "quote": Membership.motivation, "is_over": ~is_waiting()}
    return columns(query, "MembershipAsked", Membership.id, **_network(), **told)


def _arrivals(actor: Actor, ids: set[int], _at: datetime) -> Select[Any]:
    """Members of what the actor coordinates, by name where the actor may read it."""
    query = _joined(ids).where(
        Membership.began_at.is_not(None),
        Membership.network_id.in_(coordinated_ids(actor.person_id)),
    )
    name = case((is_shown(actor, Person, is_near(actor, Person.id)), Person.name), else_=None)
    told: Told = {"who": name, "is_over": ~is_active()}
    return columns(query, "NetworkJoined", Membership.id, **_network(), **told)


def _approvals(actor: Actor, ids: set[int], _at: datetime) -> Select[Any]:
    query = _joined(ids).where(Membership.person_id == actor.person_id, is_active())
    return columns(query, "MembershipApproved", Membership.id, **_network())


def _refusals(actor: Actor, ids: set[int], _at: datetime) -> Select[Any]:
    """Refusals of the actor's own requests, by networks that the actor may know of."""
    networks = visible_networks(actor).with_only_columns(Network.id)
    query = _joined(ids).where(
        Membership.person_id == actor.person_id,
        Membership.ended_as == "declined",
        Network.id.in_(networks),
    )
    told = _network() | {"quote": Membership.reason}
    return columns(query, "MembershipDeclined", Membership.id, **told)


def _events(actor: Actor, ids: set[int], at: datetime) -> Select[Any]:
    query = visible_events(actor).where(Event.id.in_(ids))
    told: Told = {"what": Event.title, "slug": Event.slug, "network": Network.name}
    told |= {"starts_at": Event.starts_at, "is_over": Event.ends_at <= at}
    return columns(query, "EventAnnounced", Event.id, **told)


def _openings(actor: Actor, ids: set[int], _at: datetime) -> Select[Any]:
    query = visible_openings(kind_of(actor)).where(Opening.id.in_(ids))
    told: Told = {"who": Opening.company, "what": Opening.title, "slug": Opening.slug}
    return columns(query, "OpeningPublished", Opening.id, **told, is_over=~is_open())


def _roles(fact: str) -> Find:
    def find(actor: Actor, ids: set[int], _at: datetime) -> Select[Any]:
        query = select(Role).where(Role.id.in_(ids), Role.person_id == actor.person_id)
        over = Role.ended_at.is_not(None) if fact == "RoleGiven" else None
        return columns(query, fact, Role.id, is_over=over)

    return find


def _joined(ids: set[int]) -> Select[Any]:
    return (
        select(Membership)
        .join(Network, Network.id == Membership.network_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.id.in_(ids))
    )


def _network() -> Told:
    return {"slug": Network.slug, "network": Network.name}


# By the name of the fact; features above this one add theirs.
THINGS: dict[str, Find] = {
    "MembershipAsked": _requests,
    "NetworkJoined": _arrivals,
    "MembershipApproved": _approvals,
    "MembershipDeclined": _refusals,
    "EventAnnounced": _events,
    "OpeningPublished": _openings,
    "RoleGiven": _roles("RoleGiven"),
    "RoleTaken": _roles("RoleTaken"),
}
