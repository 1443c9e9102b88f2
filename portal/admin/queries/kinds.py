"""Kinds of relations, with how many relations there are of each."""

from dataclasses import dataclass

from sqlalchemy import func, literal, select

from portal.kernel.db import session
from portal.people.models import Relation, RelationKind

MOST_COUNTED = 1000


@dataclass(frozen=True)
class KindRow:
    """A kind, and its relations that count, up to MOST_COUNTED + 1."""

    kind: RelationKind
    relations: int


def every_kind() -> list[KindRow]:
    """Return all kinds in their order, those out of use last."""
    some = (
        select(literal(1).label("one"))
        .where(Relation.kind == RelationKind.code, Relation.corrected_at.is_(None))
        .correlate(RelationKind)
        .limit(MOST_COUNTED + 1)
    )
    counted = select(func.count()).select_from(some.subquery()).scalar_subquery()
    query = select(RelationKind, counted).order_by(
        RelationKind.retired_at.is_not(None), RelationKind.position, RelationKind.code
    )
    return [KindRow(*row) for row in session().execute(query)]


def found_kind(code: str) -> RelationKind | None:
    """Find a kind by its code."""
    return session().scalar(select(RelationKind).where(RelationKind.code == code))
