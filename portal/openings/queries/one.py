"""One opening, its networks, and others like it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import undefer

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.search import Term, both, either, label
from portal.networks.models import Membership, Network
from portal.openings.models import Opening, OpeningNetwork, SavedOpening, opening_index
from portal.openings.queries.listing import ROW
from portal.openings.queries.visible import is_open, may_be_seen_by, visible_to


def visible_opening(slug: str, actor: Actor, at: datetime) -> tuple[Opening, bool] | None:
    """Find one opening with its text, and whether the actor saved it; None if not to be seen."""
    saved = exists().where(
        SavedOpening.opening_id == Opening.id, SavedOpening.person_id == actor.person_id
    )
    query = (
        visible_to(actor, at)
        .where(Opening.slug == slug)
        .options(undefer(Opening.body), undefer(Opening.apply_text))
        .add_columns(saved)
    )
    row = session().execute(query).one_or_none()
    return (row[0], bool(row[1])) if row else None


def networks_of(opening: Opening, actor: Actor) -> Sequence[Any]:
    """Return slug and name of the networks an opening is shown in, as far as the actor knows them."""
    mine = exists().where(
        Membership.network_id == Network.id,
        Membership.person_id == actor.person_id,
        Membership.began_at.is_not(None),
        Membership.ended_at.is_(None),
    )
    query = (
        select(Network.slug, Network.name)
        .join(OpeningNetwork, OpeningNetwork.network_id == Network.id)
        .where(OpeningNetwork.opening_id == opening.id)
        .where(or_(Network.visibility != "hidden", mine, actor.is_administrator))
        .order_by(Network.sort_key)
    )
    return session().execute(query).all()


def similar_to(opening: Opening, actor: Actor, at: datetime, limit: int) -> Sequence[Any]:
    """Return the newest open openings in the same field and, if it has one, the same county."""
    term = _likeness(opening)
    if term is None:
        return ()
    query = (
        select(*ROW)
        .select_from(opening_index.table)
        .join(Opening, Opening.position == opening_index.joined)
        .where(opening_index.matches(term), Opening.id != opening.id)
        .where(is_open(at), may_be_seen_by(actor))
        .order_by(opening_index.number.desc())
        .limit(limit)
    )
    return session().execute(query).all()


def _likeness(opening: Opening) -> Term | None:
    if opening.occupation_field:
        return label("field", opening.occupation_field)
    counties = [place["county_code"] for place in opening.places if place.get("county_code")]
    near = either([label("county", code) for code in dict.fromkeys(counties)])
    return both([near]) if near else None
