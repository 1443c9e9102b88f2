"""The statements that read a journey along the indexes of fact_subject, each built once.

Unfiltered, the index by time gives a page; of some kinds of facts each kind's own stretch of the
index by name gives one, so that a rare kind costs no more among ten thousand facts than among ten.
"""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Integer, Select, Subquery, bindparam, select, tuple_, union_all

from portal.journey.models import Correction, HiddenEntry
from portal.journey.policy import Sight
from portal.journey.queries.keeping import PERSON, is_told
from portal.kernel.db import Query, UTCDateTime
from portal.kernel.facts import FactRow, FactSubject
from portal.kernel.ordering import LAST_AT, LAST_ID
from portal.people.models import Person

FACT = bindparam("fact", type_=BigInteger())
SINCE = bindparam("since", type_=UTCDateTime())
UNTIL = bindparam("until", type_=UTCDateTime())
LIMIT = bindparam("limit", type_=Integer())


class Shape(NamedTuple):
    """All that decides how the reading of lines is written."""

    names: tuple[str, ...]
    by_name: bool  # along the index by name, kind by kind
    goes_on: bool = False
    has_beginning: bool = False
    has_end: bool = False
    sight: Sight = "me"


@cache
def page(shape: Shape) -> Query:
    """Build the statement of a page of somebody's own journey, or of what staff read of it."""
    return _with_what_is_told(lines(shape))


@cache
def one(names: tuple[str, ...]) -> Query:
    """Build the statement of one entry."""
    told = _about(FactSubject.fact_id == FACT, FactSubject.name.in_(names))
    return _with_what_is_told(told.subquery())


@cache
def lines(shape: Shape) -> Subquery:
    """Select id, name and time of the latest facts about a person."""
    if not shape.by_name:
        return _latest(_about(FactSubject.name.in_(shape.names)), shape).subquery()
    parts = [
        select(_latest(_about(FactSubject.name == name), shape).subquery()) for name in shape.names
    ]
    every = union_all(*parts).subquery()
    return select(every).order_by(every.c.at.desc(), every.c.fact_id.desc()).limit(LIMIT).subquery()


def _about(*which: Any) -> Select[Any]:
    columns: tuple[Any, ...] = (FactSubject.fact_id, FactSubject.name, FactSubject.at)
    mine = (FactSubject.kind == "person", FactSubject.subject_id == PERSON)
    return select(*columns).where(*mine, *which)


def _latest(query: Select[Any], shape: Shape) -> Select[Any]:
    if shape.goes_on:
        last = tuple_(LAST_AT, LAST_ID)
        query = query.where(tuple_(FactSubject.at, FactSubject.fact_id) < last)
    if shape.has_beginning:
        query = query.where(FactSubject.at >= SINCE)
    if shape.has_end:
        query = query.where(FactSubject.at < UNTIL)
    query = query.where(*is_told(shape.sight))
    return query.order_by(FactSubject.at.desc(), FactSubject.fact_id.desc()).limit(LIMIT)


def _with_what_is_told(told: Subquery) -> Query:
    """Add the fact's ids, whether it is hidden, what it goes by, and an open wish to correct it."""
    asked = (
        (Correction.fact_id == told.c.fact_id)
        & (Correction.person_id == PERSON)
        & Correction.answered_at.is_(None)
    )
    hidden = (HiddenEntry.fact_id == told.c.fact_id) & (HiddenEntry.person_id == PERSON)
    return (
        select(
            told.c.fact_id,
            told.c.name,
            told.c.at,
            FactRow.body,
            HiddenEntry.fact_id.is_not(None).label("hidden"),
            Correction.id.is_not(None).label("asked"),
            Person.name_shown,
            Person.journey_shown,
            Person.relations_shown,
        )
        .join(FactRow, FactRow.id == told.c.fact_id)
        .join(Person, Person.id == PERSON)
        .outerjoin(HiddenEntry, hidden)
        .outerjoin(Correction, asked)
        .order_by(told.c.at.desc(), told.c.fact_id.desc())
    )
