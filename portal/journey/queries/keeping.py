"""Which lines about a person are kept from others, so that a page of what is told has no gaps.

A line that is left out after a page has been read would tell, by the page being short, that there
is something to hide.
"""

from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, bindparam, not_, select
from sqlalchemy.orm import aliased

from portal.journey.models import HiddenEntry, Memory
from portal.journey.policy import Sight
from portal.kernel.facts import FactSubject
from portal.people.models import Relation, RelationKind
from portal.people.queries import is_walled_off

PERSON = bindparam("person", type_=Integer())
VIEWER = bindparam("viewer", type_=Integer())
TODAY = bindparam("today", type_=Date())
WISHES = ("CorrectionAsked", "CorrectionAnswered")  # may be about looking for work


def is_told(sight: Sight) -> list[ColumnElement[bool]]:
    """Say of a line of fact_subject that it is not kept from a reader.

    For staff the parameters `viewer` and `today` are needed too.
    """
    if sight == "me":
        return []
    if sight == "network":
        return [not_(_is_hidden()), not_(_is_private_memory())]
    walled = is_walled_off(VIEWER, PERSON, TODAY)
    return [
        not_(_is_private_memory()),
        not_(walled & (_is_about_looking() | FactSubject.name.in_(WISHES))),
    ]


def _is_hidden() -> ColumnElement[bool]:
    hidden = (HiddenEntry.person_id == PERSON, HiddenEntry.fact_id == FactSubject.fact_id)
    return select(HiddenEntry.fact_id).where(*hidden).exists()


def _is_private_memory() -> ColumnElement[bool]:
    mine = select(Memory.id).where(Memory.shown == "nobody")
    return (FactSubject.name == "MemoryAdded") & _about(mine, "memory", Memory.id)


def _is_about_looking() -> ColumnElement[bool]:
    """Say that a line is about the relation of one who looks for work."""
    looking = select(Relation.id).join(RelationKind, RelationKind.code == Relation.kind)
    return _about(looking.where(RelationKind.is_candidate), "relation", Relation.id)


def _about(things: Any, kind: str, number: Any) -> ColumnElement[bool]:
    """Say that the fact of a line is also about one of these things."""
    other = aliased(FactSubject)
    about = (other.fact_id == FactSubject.fact_id, other.kind == kind)
    query: Select[Any] = things.join(other, other.subject_id == number).where(*about)
    return query.correlate(FactSubject).exists()
