"""One opening, its networks, and others like it."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import undefer

from portal.kernel.actors import Actor
from portal.kernel.db import Query, fetch, session
from portal.kernel.search import Term, both, either, label
from portal.kernel.viewing import Kind, kind_of, stand_in
from portal.networks.models import Network
from portal.networks.queries import visible_to as visible_networks
from portal.openings.models import Opening, OpeningNetwork, opening_index
from portal.openings.queries.rows import LIMIT, ROW, is_saved
from portal.openings.queries.visible import is_open, may_be_seen_by, values, visible_to


def visible_opening(slug: str, actor: Actor, at: datetime) -> tuple[Opening, bool] | None:
    """Find one opening with its text, and whether the actor saved it; None if not to be seen."""
    query = _visible_opening(kind_of(actor))
    row = session().execute(query, values(actor, at, slug=slug)).one_or_none()
    return (row[0], bool(row[1])) if row else None


def networks_of(opening: Opening, actor: Actor) -> Sequence[Any]:
    """Return slug and name of the networks an opening is shown in, as far as the actor knows them."""
    given = {"opening_id": opening.id, "viewer": actor.person_id}
    return fetch(_networks_of(kind_of(actor)), given)


def similar_to(opening: Opening, actor: Actor, at: datetime, limit: int) -> Sequence[Any]:
    """Return the newest open openings in the same field, else in the same counties."""
    term = _likeness(opening)
    if term is None:
        return ()
    question = opening_index.written(term)
    given = values(actor, at, opening_id=opening.id, question=question, limit=limit)
    return fetch(_similar(kind_of(actor)), given)


@cache
def _visible_opening(kind: Kind) -> Query:
    query = visible_to(kind).where(Opening.slug == bindparam("slug"))
    return query.options(undefer(Opening.body), undefer(Opening.apply_text)).add_columns(is_saved())


@cache
def _networks_of(kind: Kind) -> Query:
    networks = visible_networks(stand_in(kind)).with_only_columns(Network.slug, Network.name)
    return (
        networks.join(OpeningNetwork, OpeningNetwork.network_id == Network.id)
        .where(OpeningNetwork.opening_id == bindparam("opening_id"))
        .order_by(Network.sort_key)
    )


@cache
def _similar(kind: Kind) -> Query:
    query = opening_index.asked(select(*ROW), Opening.position, "question")
    query = query.where(Opening.id != bindparam("opening_id"), is_open(), may_be_seen_by(kind))
    return query.order_by(opening_index.number.desc()).limit(LIMIT)


def _likeness(opening: Opening) -> Term | None:
    if opening.occupation_field:
        return label("field", opening.occupation_field)
    counties = [place["county_code"] for place in opening.places if place.get("county_code")]
    near = either([label("county", code) for code in dict.fromkeys(counties)])
    return both([near]) if near else None
