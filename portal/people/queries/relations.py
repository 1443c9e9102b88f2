"""Relations of a person, and the kinds there are."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from portal.kernel.db import session
from portal.people.models import Organisation, Relation, RelationKind


def relations_of(person_id: int) -> Sequence[Any]:
    """Return a person's relations with kind and organisation, open and latest first."""
    query = (
        select(
            Relation.id,
            Relation.kind,
            RelationKind.name_sv,
            RelationKind.name_en,
            RelationKind.phase,
            RelationKind.is_candidate,
            Relation.title,
            Relation.began_on,
            Relation.ended_on,
            Organisation.name.label("organisation"),
            Organisation.kind.label("organisation_kind"),
        )
        .join(Organisation, Organisation.id == Relation.organisation_id)
        .join(RelationKind, RelationKind.code == Relation.kind)
        .where(Relation.person_id == person_id, Relation.corrected_at.is_(None))
        .order_by(Relation.ended_on.is_not(None), Relation.began_on.desc(), Relation.id.desc())
    )
    return session().execute(query).all()


def standing_relations(person_id: int) -> Sequence[Relation]:
    """Return the relations of a person that count, as rows."""
    query = select(Relation).where(Relation.person_id == person_id, Relation.corrected_at.is_(None))
    return session().scalars(query.execution_options(populate_existing=True)).all()


def relation_kinds() -> Sequence[RelationKind]:
    """Return the kinds that new relations may be of, in their order."""
    query = select(RelationKind).where(RelationKind.retired_at.is_(None))
    return session().scalars(query.order_by(RelationKind.position, RelationKind.code)).all()
