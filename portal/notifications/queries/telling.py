"""What is told to somebody, in words: only what they may still see."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import union_all

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.notifications.policy.telling import say
from portal.notifications.policy.words import Line, Thing
from portal.notifications.queries.things import THINGS
from portal.openings.queries.visible import values

# The name of a fact, and the id of what it happened to.
Item = tuple[str, int]


def told(
    actor: Actor, items: Iterable[Item], at: datetime, *, history: bool = False
) -> dict[Item, Line]:
    """Return a line for each item that the actor may still see; one query, however many there are.

    In the language now spoken. What is over (a request that is answered, an event that has been) is
    left out, but for a page that shows `history`: nobody is mailed about it.
    """
    ids: dict[str, set[int]] = {}
    for fact, subject_id in items:
        if fact in THINGS:
            ids.setdefault(fact, set()).add(subject_id)
    if not ids:
        return {}
    parts = [THINGS[fact](actor, numbers, at) for fact, numbers in ids.items()]
    query = union_all(*parts) if len(parts) > 1 else parts[0]
    rows = session().execute(query, values(actor, at)).all()
    things = [_thing(row) for row in rows]
    return {(one.fact, one.subject_id): say(one) for one in things if history or not one.is_over}


def _thing(row: Any) -> Thing:
    fact, subject_id, *words, starts_at, is_over = row
    who, what, slug, quote, network = (word or "" for word in words)
    return Thing(fact, subject_id, who, what, slug, quote, network, starts_at, bool(is_over))
