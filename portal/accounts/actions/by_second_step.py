"""Let in who took the first step, with the second one."""

from datetime import datetime

from sqlalchemy import ColumnElement, update

from portal.accounts.actions.entering import Entrance, enter_as
from portal.accounts.actions.second_step import use_second_code
from portal.accounts.facts import SecondStepFailed
from portal.accounts.models import FirstStep
from portal.accounts.policy import FIRST_STEP_LIFE, MOST_SECOND_TRIES, START_OVER
from portal.kernel.db import changed, session
from portal.kernel.decisions import Decision
from portal.kernel.facts import record
from portal.people.models import Person


def take_second_step(
    first: FirstStep, typed: str, browser: str, at: datetime
) -> Entrance | Decision:
    """Let in who took the first step, once, with a code of the app or on paper; five tries."""
    if not _changed(first, at, tries=FirstStep.tries + 1):
        return START_OVER
    used = use_second_code(first.person_id, typed, at)
    if not used:
        session().refresh(first)
        if first.tries >= MOST_SECOND_TRIES:
            record(SecondStepFailed(first.person_id), at)
            return START_OVER
        return used
    # The try just counted may have been the fifth, and the right one.
    if not _changed(first, at, most=MOST_SECOND_TRIES + 1, used_at=at):
        return START_OVER
    person = session().get_one(Person, first.person_id)
    return enter_as(person, browser, at, way=first.way, next_path=first.next_path)


def _changed(
    first: FirstStep,
    at: datetime,
    *,
    most: int = MOST_SECOND_TRIES,
    **values: datetime | ColumnElement[int],
) -> bool:
    """Change a first step only while it waits: a rush of guesses gets five tries, not more."""
    waiting = update(FirstStep).where(
        FirstStep.id == first.id,
        FirstStep.used_at.is_(None),
        FirstStep.tries < most,
        FirstStep.created_at > at - FIRST_STEP_LIFE,
    )
    return changed(waiting.values(**values).execution_options(synchronize_session=False)) > 0
