"""Which openings a person may see, and which of them are open."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, or_, select, true

from portal.kernel.actors import Actor
from portal.networks.models import Membership
from portal.openings.models import Opening, OpeningNetwork
from portal.openings.policy import positions_until


def may_be_seen_by(actor: Actor) -> ColumnElement[bool]:
    """Say that an opening is for everybody, or shown in a network the actor belongs to."""
    if actor.is_administrator:
        return true()
    public = Opening.audience == "public"
    if not actor.is_signed_in:
        return public
    in_mine = exists().where(
        OpeningNetwork.opening_id == Opening.id,
        Membership.network_id == OpeningNetwork.network_id,
        Membership.person_id == actor.person_id,
        Membership.began_at.is_not(None),
        Membership.ended_at.is_(None),
    )
    return or_(public, in_mine)


def is_open(at: datetime) -> ColumnElement[bool]:
    """Say that an opening can be applied for: the rule of `policy.is_open`, in SQL."""
    begun = Opening.position < positions_until(at)
    in_time = or_(Opening.expires_at.is_(None), Opening.expires_at > at)
    return (Opening.state == "published") & begun & in_time


def visible_to(actor: Actor, at: datetime) -> Select[tuple[Opening]]:
    """Select what the actor may see: open ones, and closed ones for those who kept the address."""
    public_states = Opening.state.in_(("published", "closed"))
    begun = Opening.position < positions_until(at)
    return select(Opening).where(public_states, begun, may_be_seen_by(actor))
