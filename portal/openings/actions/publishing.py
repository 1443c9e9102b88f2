"""Openings are published, shown in networks, and put into the search."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import undefer

from portal.kernel.db import insert_new, session
from portal.kernel.facts import record
from portal.kernel.markup import plain_text
from portal.kernel.search.index import Document
from portal.openings.facts import OpeningPublished
from portal.openings.models import Opening, OpeningNetwork, opening_index
from portal.openings.policy import labels_of
from portal.taxonomy.occupations import occupation_field
from portal.taxonomy.places import county

BATCH = 500


def publish_opening(
    opening: Opening, network_ids: Sequence[int], at: datetime, *, quietly: bool = False
) -> None:
    """Make a new opening visible, in the networks given; `quietly` as for facts.record."""
    session().add(opening)
    session().flush()
    for network_id in network_ids:
        row = {"network_id": network_id, "opening_id": opening.id}
        session().execute(insert_new(OpeningNetwork).values(row))
        record(OpeningPublished(opening.id, network_id), at, quietly=quietly)
    if not network_ids:
        record(OpeningPublished(opening.id), at, quietly=quietly)
    index_openings([opening])


def index_openings(openings: Iterable[Opening]) -> None:
    """Write openings into the search index as they are now; only open ones stay in it."""
    batch = list(openings)
    networks = _networks_of([opening.id for opening in batch])
    opening_index.remove([opening.position for opening in batch])
    opening_index.put(
        Document(
            opening.position, _searched_text(opening), labels_of(opening, networks[opening.id])
        )
        for opening in batch
        if opening.state == "published"
    )


def write_search_anew() -> int:
    """Index every open opening anew, a batch at a time; returns how many."""
    last, count = 0, 0
    query = select(Opening).options(undefer(Opening.body)).order_by(Opening.id).limit(BATCH)
    while batch := session().scalars(query.where(Opening.id > last)).all():
        index_openings(batch)
        last, count = batch[-1].id, count + sum(one.state == "published" for one in batch)
        session().expunge_all()
    return count


def _networks_of(opening_ids: list[int]) -> dict[int, list[int]]:
    query = select(OpeningNetwork.opening_id, OpeningNetwork.network_id).where(
        OpeningNetwork.opening_id.in_(opening_ids)
    )
    found: dict[int, list[int]] = {opening_id: [] for opening_id in opening_ids}
    for opening_id, network_id in session().execute(query):
        found[opening_id].append(network_id)
    return found


def _searched_text(opening: Opening) -> str:
    """Return every word one would look for: title, company, occupation, place and text."""
    field = occupation_field(opening.occupation_field or "")
    counties = [county(place.get("county_code") or "") for place in opening.places]
    parts = [
        opening.title,
        opening.company,
        opening.occupation,
        opening.department,
        opening.place_text,
        " ".join(place.get("city") or "" for place in opening.places),
        " ".join(one.name_sv for one in counties if one),
        f"{field.name_sv} {field.name_en}" if field else "",
        plain_text(opening.body),
    ]
    return "\n".join(part for part in parts if part)
