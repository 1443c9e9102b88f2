"""Organisations: a page of them, those whose name is being typed, and their people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, Select, func, literal, or_, select, tuple_

from portal.kernel.db import session
from portal.kernel.ordering import sort_position
from portal.kernel.paging import PAGE_SIZE, Page, page_of
from portal.kernel.search.analysis import fold
from portal.people.models import Organisation, Person, Relation, RelationKind

MOST_SUGGESTED = 10
MOST_COUNTED = 1000
LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation in a list; `people` belong to it now, counted up to MOST_COUNTED + 1."""

    id: int
    name: str
    kind: str
    domain: str | None
    industry: str | None
    people: int


@dataclass(frozen=True)
class Belonging:
    """Somebody's relation to an organisation."""

    public_id: str
    name: str
    title: str
    kind_sv: str
    kind_en: str


def listed_organisations(
    wanted: str, today: date, after: str | None = None
) -> Page[OrganisationRow]:
    """Return a page of organisations in Swedish order, all or those whose name has these letters."""
    some = _now(today).with_only_columns(literal(1).label("one"))
    some = some.where(Relation.organisation_id == Organisation.id).limit(MOST_COUNTED + 1)
    counted = select(func.count()).select_from(some.correlate(Organisation).subquery())
    query = select(
        Organisation.id,
        Organisation.name,
        Organisation.kind,
        Organisation.domain,
        Organisation.industry,
        counted.scalar_subquery(),
        Organisation.sort_key,
    ).where(*_named(wanted))
    if key := sort_position(after):
        query = query.where(_place(Organisation) > _after(*key))
    query = query.order_by(Organisation.sort_key, Organisation.id).limit(PAGE_SIZE + 1)
    page = page_of(session().execute(query).all(), lambda row: (row.sort_key.hex(), row.id))
    return Page([OrganisationRow(*row[:6]) for row in page.rows], page.after)


def found_organisation(number: int) -> Organisation | None:
    """Find an organisation by its number."""
    return session().get(Organisation, number) if number <= LARGEST_NUMBER else None


def suggested_organisations(wanted: str) -> Sequence[Organisation]:
    """Return the organisations whose name has these letters, those that begin so first."""
    folded = fold(wanted.strip())
    if not folded:
        return ()
    begins = Organisation.folded.startswith(folded, autoescape=True)
    query = select(Organisation).where(*_named(wanted))
    query = query.order_by(begins.desc(), Organisation.sort_key, Organisation.id)
    return session().scalars(query.limit(MOST_SUGGESTED)).all()


def people_of_organisation(
    organisation_id: int, today: date, after: str | None = None
) -> Page[Belonging]:
    """Return a page of those who belong to an organisation now, in Swedish order."""
    query = (
        _now(today)
        .join(Person, Person.id == Relation.person_id)
        .where(Relation.organisation_id == organisation_id)
        .with_only_columns(
            Person.public_id,
            Person.name,
            Relation.title,
            RelationKind.name_sv,
            RelationKind.name_en,
            Person.sort_key,
            Relation.id,
        )
    )
    if key := sort_position(after):
        query = query.where(tuple_(Person.sort_key, Relation.id) > _after(*key))
    query = query.order_by(Person.sort_key, Relation.id).limit(PAGE_SIZE + 1)
    page = page_of(session().execute(query).all(), lambda row: (row.sort_key.hex(), row.id))
    return Page([Belonging(*row[:5]) for row in page.rows], page.after)


def _now(today: date) -> Select[Any]:
    """Select the relations that go on now, but for those of people who look for work.

    Of that, the person's own page says who may know.
    """
    return (
        select(Relation.id)
        .join(RelationKind, RelationKind.code == Relation.kind)
        .where(
            RelationKind.is_candidate.is_(False),
            Relation.corrected_at.is_(None),
            Relation.began_on <= today,
            or_(Relation.ended_on.is_(None), Relation.ended_on >= today),
        )
    )


def _named(wanted: str) -> list[ColumnElement[bool]]:
    folded = fold(wanted.strip())
    return [Organisation.folded.contains(folded, autoescape=True)] if folded else []


def _place(rows: Any) -> Any:
    return tuple_(rows.sort_key, rows.id)


def _after(key: bytes, number: int) -> Any:
    return tuple_(literal(key, LargeBinary), literal(number))
