"""What a list of people is asked with: the viewer, and the shape of the question.

Statements are built once for each shape and asked with values: building costs more than asking.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    String,
    bindparam,
    select,
    true,
)

from portal.kernel.actors import Actor
from portal.kernel.viewing import Kind, stand_in
from portal.networks.models import Membership
from portal.networks.queries import is_active, is_near
from portal.people.queries import is_shown

Nearness = Literal["few", "some", "many", "all"]

TODAY = bindparam("today", type_=Date())
NETWORK = bindparam("network", type_=Integer())
# The viewer's networks.
MINE = bindparam("mine", type_=Integer(), expanding=True)
SKILL = bindparam("skill", type_=String())
PLACE = bindparam("place", type_=String())
RELATION = bindparam("relation", type_=String())


@cache
def near_ids() -> CTE:
    """Select the members of the viewer's networks, once for the whole statement: if they are few."""
    members = select(Membership.person_id).where(Membership.network_id.in_(MINE), is_active())
    return members.distinct().cte("near_ids").prefix_with("MATERIALIZED")


@dataclass(frozen=True)
class Sight:
    """How the viewer sees: by which rule, and how it is best asked who shares a network with them.

    Members of the viewer's networks are gathered when few, looked up in a set when some, asked
    about one by one when many; "all" when it is known of everybody at hand.
    """

    kind: Kind
    nearness: Nearness

    def near(self, people: Any) -> ColumnElement[bool]:
        """Say that somebody of `people` shares a network with the viewer."""
        if self.nearness == "all":
            return true()
        if self.nearness in ("few", "some"):
            near: ColumnElement[bool] = people.id.in_(select(near_ids().c.person_id))
            return near
        return is_near(stand_in(self.kind), people.id)

    def sees(self, people: Any, *fields: str) -> ColumnElement[bool]:
        """Say that the viewer sees somebody's name and these fields of theirs."""
        return is_shown(stand_in(self.kind), people, self.near(people), *fields)


def values(actor: Actor, today: date, **more: Any) -> dict[str, Any]:
    """Return what a statement about people is asked with."""
    return {"viewer": actor.person_id, "today": today, **more}
