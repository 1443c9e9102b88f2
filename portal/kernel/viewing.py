"""Who looks, for statements that are built once: three kinds of viewers, and a stand-in for each.

Building a statement costs more than asking it. So it is built for a kind of viewer, with the
stand-in for the actor, and asked with the actor's own number as `viewer`.
"""

from functools import cache
from typing import Literal, cast

from sqlalchemy import Integer, bindparam

from portal.kernel.actors import VISITOR, Actor

Kind = Literal["visitor", "member", "administrator"]
VIEWER = bindparam("viewer", type_=Integer())


def kind_of(actor: Actor) -> Kind:
    """Say by which rule somebody sees."""
    if actor.is_administrator:
        return "administrator"
    return "member" if actor.is_signed_in else "visitor"


@cache
def stand_in(kind: Kind) -> Actor:
    """Return an actor of this kind, whose number is given when the statement is asked."""
    if kind == "visitor":
        return VISITOR
    roles = frozenset({"administrator"}) if kind == "administrator" else frozenset[str]()
    return Actor(cast("int", VIEWER), roles=roles)
