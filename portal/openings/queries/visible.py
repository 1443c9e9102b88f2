"""Which openings a person may see, and which of them are open.

Queries are built once, by kind of viewer, and asked with `values`: building costs more than asking.
"""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    bindparam,
    or_,
    select,
    true,
)

from portal.kernel.actors import Actor
from portal.kernel.db import UTCDateTime
from portal.kernel.viewing import VIEWER, Kind
from portal.networks.models import Membership
from portal.networks.queries import is_active
from portal.openings.models import Opening, OpeningNetwork
from portal.openings.policy import positions_until

AT = bindparam("at", type_=UTCDateTime())
UNTIL = bindparam("until", type_=BigInteger())


def values(actor: Actor, at: datetime, **more: Any) -> dict[str, Any]:
    """Return what a query about openings is asked with."""
    return {"at": at, "until": positions_until(at), "viewer": actor.person_id, **more}


@cache
def may_be_seen_by(kind: Kind) -> ColumnElement[bool]:
    """Say that an opening is for everybody, or shown in a network the viewer belongs to."""
    public = Opening.audience == "public"
    shared = select(OpeningNetwork.network_id).where(
        OpeningNetwork.opening_id == Opening.id,
        Membership.network_id == OpeningNetwork.network_id,
        Membership.person_id == VIEWER,
        is_active(),
    )
    # Not EXISTS: PostgreSQL would gather every opening of the viewer's networks beforehand.
    in_mine = shared.limit(1).correlate(Opening).scalar_subquery().is_not(None)
    return {"visitor": public, "member": or_(public, in_mine), "administrator": true()}[kind]


@cache
def is_open() -> ColumnElement[bool]:
    """Say that an opening can be applied for: the rule of `policy.is_open`, in SQL."""
    in_time = or_(Opening.expires_at.is_(None), Opening.expires_at > AT)
    return (Opening.state == "published") & (Opening.position < UNTIL) & in_time


@cache
def visible_to(kind: Kind) -> Select[Opening]:
    """Select what the viewer may see: open ones, and closed ones for those who kept the address."""
    public_states = Opening.state.in_(("published", "closed"))
    return select(Opening).where(public_states, Opening.position < UNTIL, may_be_seen_by(kind))
