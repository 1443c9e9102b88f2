"""A person's relations as administrators see them: what counts, and what counted before."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, false, select
from sqlalchemy.orm import aliased

from portal.kernel.db import session
from portal.people.models import Organisation, Person, Relation, RelationKind


@dataclass(frozen=True)
class RelationRow:
    """A relation as it is written, with the one it corrects."""

    relation: Relation
    name_sv: str
    name_en: str
    is_candidate: bool
    organisation: str
    organisation_kind: str
    owner: str | None

    # As directory.policy.stretches reads them.
    @property
    def title(self) -> str:
        return self.relation.title

    @property
    def began_on(self) -> date:
        return self.relation.began_on

    @property
    def ended_on(self) -> date | None:
        return self.relation.ended_on


def every_relation_of(person_id: int, *, walled: bool) -> list[RelationRow]:
    """Return all that is and was written of a person's relations, the latest first.

    From behind the wall, those of somebody who looks for work are not there.
    """
    query = _relations().where(Relation.person_id == person_id, _known(walled))
    query = query.order_by(
        Relation.ended_on.is_not(None), Relation.began_on.desc(), Relation.id.desc()
    )
    return [RelationRow(*row) for row in session().execute(query)]


def found_relation(person_id: int, number: int, *, walled: bool) -> RelationRow | None:
    """Find one of a person's relations; from behind the wall, one that tells of nothing hidden."""
    if number > 2**31 - 1:
        return None
    query = _relations().where(
        Relation.id == number, Relation.person_id == person_id, _known(walled)
    )
    row = session().execute(query.execution_options(populate_existing=True)).one_or_none()
    return RelationRow(*row) if row else None


def _relations() -> Select[Any]:
    owner = aliased(Person)
    columns: tuple[Any, ...] = (
        Relation,
        RelationKind.name_sv,
        RelationKind.name_en,
        RelationKind.is_candidate,
        Organisation.name,
        Organisation.kind,
        owner.name,
    )
    return (
        select(*columns)
        .join(Organisation, Organisation.id == Relation.organisation_id)
        .join(RelationKind, RelationKind.code == Relation.kind)
        .outerjoin(owner, owner.id == Relation.owner_id)
    )


def _known(walled: bool) -> Any:
    return RelationKind.is_candidate == false() if walled else RelationKind.code == Relation.kind
