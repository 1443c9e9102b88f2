"""What a person has asked to have put right, and what they may ask about."""

from typing import Any

from sqlalchemy import select

from portal.journey.models import Correction
from portal.kernel.db import session
from portal.kernel.paging import PAGE_SIZE
from portal.people.models import Organisation, Relation, RelationKind


def wishes_about(person_id: int, fact_id: int) -> list[Correction]:
    """Return what a person has asked to have put right in one entry, latest first."""
    query = select(Correction).where(
        Correction.person_id == person_id, Correction.fact_id == fact_id
    )
    return list(session().scalars(query.order_by(Correction.id.desc()).limit(PAGE_SIZE)))


def open_wish(person_id: int, fact_id: int | None, relation_id: int | None) -> Correction | None:
    """Return what a person has asked about one thing and not been answered."""
    thing = (
        Correction.fact_id == fact_id
        if fact_id is not None
        else Correction.relation_id == relation_id
    )
    query = select(Correction).where(
        Correction.person_id == person_id, Correction.answered_at.is_(None), thing
    )
    return session().scalars(query.execution_options(populate_existing=True)).one_or_none()


def owned_relation(person_id: int, relation_id: int) -> Any | None:
    """Find a relation of a person that counts, with its organisation and kind."""
    query = (
        select(
            Relation.id,
            Relation.began_on,
            Relation.ended_on,
            RelationKind.name_sv,
            RelationKind.name_en,
            Organisation.name.label("organisation"),
            Organisation.kind.label("organisation_kind"),
        )
        .join(Organisation, Organisation.id == Relation.organisation_id)
        .join(RelationKind, RelationKind.code == Relation.kind)
        .where(Relation.person_id == person_id, Relation.corrected_at.is_(None))
    )
    return session().execute(query.where(Relation.id == relation_id)).one_or_none()
