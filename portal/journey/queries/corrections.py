"""Wishes to have something put right: one's own, and those that wait for administrators."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import aliased

from portal.journey.models import Correction
from portal.journey.policy import names_told
from portal.kernel.actors import Actor
from portal.kernel.db import UTCDateTime, session
from portal.kernel.facts import FactRow, FactSubject
from portal.kernel.ordering import time_position
from portal.kernel.paging import PAGE_SIZE, Page, page_of
from portal.people.models import Person, Relation, RelationKind
from portal.people.queries import is_walled_off

MOST_WAITING = 99  # said as a number; more are said as more


@dataclass(frozen=True)
class Wish:
    """What somebody wants put right, and what became of it."""

    id: int
    public_id: str
    person_id: int
    person: str
    person_public_id: str
    fact_id: int | None
    fact: str | None
    relation_id: int | None
    text: str
    asked_at: datetime
    answered_at: datetime | None
    outcome: str | None
    answer: str
    answered_by: str | None


def waiting_wishes(actor: Actor, at: datetime, after: str | None = None) -> Page[Wish]:
    """Return a page of what waits for an answer, longest wait first."""
    query = wishes_for(actor, at).where(Correction.answered_at.is_(None))
    if key := time_position(after):
        last = tuple_(literal(key[0], UTCDateTime), literal(key[1]))
        query = query.where(tuple_(Correction.asked_at, Correction.id) > last)
    query = query.order_by(Correction.asked_at, Correction.id).limit(PAGE_SIZE + 1)
    rows = [Wish(*row) for row in session().execute(query)]
    return page_of(rows, lambda row: (row.asked_at.isoformat(), row.id))


def count_waiting(actor: Actor, at: datetime) -> int:
    """Count what waits for an answer, no further than MOST_WAITING + 1."""
    waiting = wishes_for(actor, at).where(Correction.answered_at.is_(None))
    some = waiting.with_only_columns(Correction.id).limit(MOST_WAITING + 1).subquery()
    return session().scalar(select(func.count()).select_from(some)) or 0


def answered_wishes(actor: Actor, at: datetime, after: str | None = None) -> Page[Wish]:
    """Return a page of what has been answered, latest asked first."""
    query = wishes_for(actor, at).where(Correction.answered_at.is_not(None))
    if key := time_position(after):
        last = tuple_(literal(key[0], UTCDateTime), literal(key[1]))
        query = query.where(tuple_(Correction.asked_at, Correction.id) < last)
    query = query.order_by(Correction.asked_at.desc(), Correction.id.desc()).limit(PAGE_SIZE + 1)
    rows = [Wish(*row) for row in session().execute(query)]
    return page_of(rows, lambda row: (row.asked_at.isoformat(), row.id))


def found_wish(public_id: str, actor: Actor, at: datetime) -> Wish | None:
    """Find one; None unless the actor is an administrator on the right side of the wall."""
    query = wishes_for(actor, at).where(Correction.public_id == public_id)
    row = session().execute(query).one_or_none()
    return Wish(*row) if row else None


def wishes_for(actor: Actor, at: datetime) -> Select[Any]:
    """Select the wishes the actor may read: of colleagues none that could tell they look for work."""
    answerer = aliased(Person)
    columns: tuple[Any, ...] = (
        Correction.id,
        Correction.public_id,
        Correction.person_id,
        Person.name,
        Person.public_id,
        Correction.fact_id,
        FactRow.name,
        Correction.relation_id,
        Correction.text,
        Correction.asked_at,
        Correction.answered_at,
        Correction.outcome,
        Correction.answer,
        answerer.name,
    )
    walled = is_walled_off(actor.person_id, Correction.person_id, at.date())
    return (
        select(*columns)
        .join(Person, Person.id == Correction.person_id)
        .outerjoin(FactRow, FactRow.id == Correction.fact_id)
        .outerjoin(answerer, answerer.id == Correction.answered_by_id)
        .where(literal(actor.is_administrator), or_(~walled, _tells_nothing_of_looking()))
    )


def _tells_nothing_of_looking() -> ColumnElement[bool]:
    """Say that a wish is about something that staff are told and that is no candidate's relation."""
    of_candidate = (
        select(Relation.id)
        .join(RelationKind, RelationKind.code == Relation.kind)
        .where(RelationKind.is_candidate)
    )
    about_it = of_candidate.where(Relation.id == Correction.relation_id).exists()
    in_fact = (
        of_candidate.join(FactSubject, FactSubject.subject_id == Relation.id)
        .where(FactSubject.kind == "relation", FactSubject.fact_id == Correction.fact_id)
        .exists()
    )
    known = or_(FactRow.name.in_(names_told("staff")), Correction.relation_id.is_not(None))
    return and_(known, ~about_it, ~in_fact)
