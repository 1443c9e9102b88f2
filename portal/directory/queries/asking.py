"""What a list of people is asked with: the viewer, and the shape of the question.

Statements are built once for each shape and asked with values: building costs more than asking.
"""

from datetime import date
from functools import cache
from typing import Any, Literal, cast

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    String,
    bindparam,
)

from portal.kernel.actors import Actor
from portal.networks.queries import is_near
from portal.people.queries import is_shown

Kind = Literal["member", "administrator"]

VIEWER = bindparam("viewer", type_=Integer())
TODAY = bindparam("today", type_=Date())
NOW = bindparam("now", type_=DateTime(timezone=True))
NETWORK = bindparam("network", type_=Integer())
MINE = bindparam("mine", type_=Integer(), expanding=True)
LAST_KEY = bindparam("last_key", type_=LargeBinary())
LAST_ID = bindparam("last_id", type_=Integer())
SKILL = bindparam("skill", type_=String())
PLACE = bindparam("place", type_=String())
RELATION = bindparam("relation", type_=String())


@cache
def stand_in(kind: Kind) -> Actor:
    """Return an actor whose id is given when the statement is asked."""
    roles = frozenset({"administrator"}) if kind == "administrator" else frozenset[str]()
    return Actor(cast("int", VIEWER), roles=roles)


def kind_of(actor: Actor) -> Kind:
    """Say by which rule somebody sees people."""
    return "administrator" if actor.is_administrator else "member"


def seen(kind: Kind, people: Any, *fields: str) -> ColumnElement[bool]:
    """Say that the viewer sees somebody's name and these fields of theirs."""
    viewer = stand_in(kind)
    return is_shown(viewer, people, is_near(viewer, people.id), *fields)


def values(actor: Actor, today: date, **more: Any) -> dict[str, Any]:
    """Return what a statement about people is asked with."""
    return {"viewer": actor.person_id, "today": today, **more}
