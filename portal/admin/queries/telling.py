"""Corrections that people are told of, as far as each may see them; and which administrators may."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from portal.journey.models import Correction
from portal.journey.queries import wishes_for
from portal.kernel.actors import Actor
from portal.notifications.queries.people import actors_of, administrators_now
from portal.notifications.queries.telling import told
from portal.notifications.queries.things import THINGS, columns
from portal.people.models import Person


def who_may_answer(correction_id: int, at: datetime) -> list[int]:
    """Return the administrators who may read and answer a wish that waits."""
    item = ("CorrectionAsked", correction_id)
    leads = actors_of(administrators_now())
    return [number for number, actor in leads.items() if told(actor, [item], at)]


def _asked(actor: Actor, ids: set[int], at: datetime) -> Select[Any]:
    """What waits for administrators on the right side of the wall; over when it is answered."""
    query = wishes_for(actor, at).where(Correction.id.in_(ids))
    fields: dict[str, Any] = {"who": Person.name, "slug": Correction.public_id}
    over = Correction.answered_at.is_not(None)
    return columns(query, "CorrectionAsked", Correction.id, **fields, is_over=over)


def _answered(actor: Actor, ids: set[int], _at: datetime) -> Select[Any]:
    mine = (Correction.person_id == actor.person_id, Correction.answered_at.is_not(None))
    query = select(Correction).where(Correction.id.in_(ids), *mine)
    return columns(query, "CorrectionAnswered", Correction.id)


THINGS |= {"CorrectionAsked": _asked, "CorrectionAnswered": _answered}
