"""The list of people in Swedish order: as cheap among a hundred thousand as among a hundred.

Few who fit a condition (a rare name, a small network, a rare skill) are gathered and sorted. Where
there are many, each ground on which people may be seen is followed in the order of an index, and
stops at a page.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.directory.queries import statements
from portal.directory.queries.asking import Nearness, Sight, values
from portal.directory.queries.filters import Filters, MyNetwork
from portal.directory.queries.networks import MOST_BEARERS, Outlook
from portal.directory.queries.statements import Shape
from portal.kernel.actors import Actor
from portal.kernel.db import fetch, is_sqlite
from portal.kernel.ordering import last_values, sort_position
from portal.kernel.paging import Page, page_of
from portal.kernel.viewing import kind_of
from portal.people.policy import reached

MOST_GATHERED = 1500  # by one condition alone, where a page is soon full without
MOST_NEAR = 400  # members of the viewer's networks


@dataclass(frozen=True)
class Listed:
    """A person in a list, as far as the viewer sees them."""

    id: int
    public_id: str
    name: str
    headline: str
    municipality: str | None
    photo: str | None


def listed(
    actor: Actor, filters: Filters, outlook: Outlook, at: datetime, after: str | None = None
) -> Page[Listed]:
    """Return a page of the people the actor may see and may know to fit."""
    last = sort_position(after)
    mine = outlook.networks
    shape = Shape(
        sight=Sight(kind_of(actor), _nearness(mine)),
        words=len(filters.words),
        wishes=filters.wishes,
        gathered_by=_rarest(filters, outlook),
        goes_on=last is not None,
        sqlite=is_sqlite(),
    )
    given = values(actor, at.date(), mine=[network.id for network in mine], **filters.values())
    rows = fetch(statements.listed(shape), given | last_values(last))
    page = page_of(rows, lambda row: (row.sort_key.hex(), row.id))
    return Page([_seen(actor, row) for row in page.rows], page.after)


def _nearness(mine: list[MyNetwork]) -> Nearness:
    """Say how it is best asked who shares a network with the viewer."""
    members = sum(network.member_count for network in mine)
    if members <= MOST_NEAR:
        return "few"
    return "some" if members <= MOST_BEARERS else "many"


def _rarest(filters: Filters, outlook: Outlook) -> str | None:
    """Choose the condition that the fewest fit, if they are few enough to be gathered."""
    fitting = dict(outlook.fitting)
    if filters.network:
        fitting["network"] = filters.network.member_count
    if not fitting:
        return None
    condition = min(fitting, key=lambda one: fitting[one])
    alone = len(fitting) == 1 and condition != "name"
    return condition if fitting[condition] <= (MOST_GATHERED if alone else MOST_BEARERS) else None


def _seen(actor: Actor, row: Any) -> Listed:
    """Leave out what the person does not let the actor see."""
    audiences = reached(actor, row.id, near=bool(row.near))
    return Listed(
        row.id,
        row.public_id,
        row.name,
        row.headline if row.headline_shown in audiences else "",
        row.municipality if row.municipality_shown in audiences else None,
        row.photo if row.photo_shown in audiences else None,
    )
