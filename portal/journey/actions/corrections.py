"""Ask for something to be put right, and answer that."""

from datetime import datetime

from sqlalchemy import update

from portal.journey.facts import CorrectionAnswered, CorrectionAsked
from portal.journey.models import Correction
from portal.journey.policy import ANSWERED, may_answer
from portal.journey.queries import Wish
from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.db import insert_new, session
from portal.kernel.decisions import NotAllowed, require
from portal.kernel.facts import record


def ask_for_correction(
    actor: Actor, fact_id: int | None, relation_id: int | None, text: str, at: datetime
) -> bool:
    """Ask for one of the actor's own entries or relations to be put right.

    Say whether this was the first wish about it that waits for an answer.
    """
    person_id = actor.person_id or 0
    row = {
        "public_id": keys.public_id(),
        "person_id": person_id,
        "fact_id": fact_id,
        "relation_id": relation_id,
        "text": text,
        "asked_at": at,
        "answer": "",
    }
    asked = insert_new(Correction).values(row).returning(Correction.id)
    correction_id = session().scalar(asked)
    if correction_id is None:
        return False
    record(CorrectionAsked(person_id, correction_id), at)
    return True


def answer_correction(actor: Actor, wish: Wish, outcome: str, answer: str, at: datetime) -> None:
    """Answer what somebody wants put right. Raises NotAllowed when it has been answered."""
    require(may_answer(actor, wish))
    values = {
        "outcome": outcome,
        "answer": answer,
        "answered_at": at,
        "answered_by_id": actor.person_id,
    }
    answered = (
        update(Correction)
        .where(Correction.id == wish.id, Correction.answered_at.is_(None))
        .values(values)
        .returning(Correction.id)
        .execution_options(synchronize_session=False)
    )
    if session().scalar(answered) is None:
        raise NotAllowed(ANSWERED)
    record(CorrectionAnswered(wish.person_id, actor.person_id, wish.id), at)
