"""A person's relations and the first year of their journey, as parts of the query for names.

So that a fragment, which needs all of it, is no query more.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, Select, String, cast, extract, func, literal, null, select

from portal.kernel.facts import FactSubject
from portal.people.models import Organisation, Relation, RelationKind

NOTHING, NO_DAY = cast(null(), String), cast(null(), Date)
TIE, FIRST_YEAR = "tie", "first"


@dataclass(frozen=True)
class Tie:
    """A relation that counts, with what chapters and bars are made of."""

    id: int
    organisation: str
    title: str
    name_sv: str
    name_en: str
    phase: str
    organisation_kind: str
    kind: str
    began_on: date
    ended_on: date | None


def ties(person_id: int) -> Select[Any]:
    """Select a person's relations as the columns of Tie."""
    columns: tuple[Any, ...] = (
        Relation.id,
        Organisation.name,
        Relation.title,
        RelationKind.name_sv,
        RelationKind.name_en,
        RelationKind.phase,
        Organisation.kind,
        Relation.kind,
        Relation.began_on,
        Relation.ended_on,
    )
    return (
        select(literal(TIE), *columns)
        .join(Organisation, Organisation.id == Relation.organisation_id)
        .join(RelationKind, RelationKind.code == Relation.kind)
        .where(Relation.person_id == person_id, Relation.corrected_at.is_(None))
    )


def first_year(person_id: int) -> Select[Any]:
    """Select the year of the first fact about a person, in UTC, as the number of a row."""
    year = cast(extract("year", func.min(FactSubject.at)), Integer)
    columns: list[Any] = [literal(FIRST_YEAR), year, *[NOTHING] * 7, NO_DAY, NO_DAY]
    mine = (FactSubject.kind == "person", FactSubject.subject_id == person_id)
    return select(*columns).where(*mine)
