"""Turn the second step of signing in on and off."""

from datetime import datetime

from sqlalchemy import delete, update

from portal.accounts import queries
from portal.accounts.actions.app_codes import use_app_code
from portal.accounts.actions.printed_codes import (
    forget_printed_codes,
    make_printed_codes,
    use_printed_code,
)
from portal.accounts.actions.sessions import end_sessions
from portal.accounts.facts import SecondStepTurnedOff, SecondStepTurnedOn
from portal.accounts.models import SecondStep
from portal.accounts.policy import SETTING_UP, WRONG_PRINTED_CODE, WRONG_SECOND_CODE, is_printed
from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.db import changed, insert_new, session
from portal.kernel.decisions import ALLOW, Decision
from portal.kernel.facts import record


def begin_second_step(actor: Actor, at: datetime) -> None:
    """Make a secret for the actor's app; nothing is asked for until a code of it has come back.

    A second click does not make another: the app may have read the first one.
    """
    fresh = {"person_id": actor.person_id, "nonce": keys.token(), "begun_at": at, "last_step": 0}
    session().execute(insert_new(SecondStep).values(fresh))
    left = update(SecondStep).where(
        SecondStep.person_id == actor.person_id,
        SecondStep.confirmed_at.is_(None),
        SecondStep.begun_at <= at - SETTING_UP,
    )
    session().execute(left.values(nonce=fresh["nonce"], begun_at=at, last_step=0))


def turn_on_second_step(
    actor: Actor, typed: str, session_id: int, at: datetime
) -> list[str] | Decision:
    """Ask for the app's codes from now on; return the printed codes, which are shown this once.

    Other browsers are signed out: they came in with one step.
    """
    step = queries.second_step_of(actor.own_id)
    if step is None or step.confirmed_at is not None or not use_app_code(step, typed, at):
        return WRONG_SECOND_CODE
    confirmed = update(SecondStep).where(SecondStep.person_id == actor.own_id)
    session().execute(confirmed.values(confirmed_at=at))
    end_sessions(actor, at, keep=session_id)
    record(SecondStepTurnedOn(actor.own_id), at)
    return make_printed_codes(actor.own_id, at)


def turn_off_second_step(actor: Actor, typed: str, at: datetime) -> Decision:
    """Ask for one step only again, if this is a code of the app or on paper."""
    used = use_second_code(actor.own_id, typed, at)
    if used:
        forget_second_step(actor.own_id, at)
    return used


def forget_second_step(person_id: int, at: datetime) -> bool:
    """Take a person's second step and printed codes away; say whether there was one."""
    forget_printed_codes(person_id)
    if not changed(delete(SecondStep).where(SecondStep.person_id == person_id)):
        return False
    record(SecondStepTurnedOff(person_id), at)
    return True


def use_second_code(person_id: int, typed: str, at: datetime) -> Decision:
    """Use up a code of a person's app, or one of their printed codes."""
    if is_printed(typed):
        return ALLOW if use_printed_code(person_id, typed, at) else WRONG_PRINTED_CODE
    step = queries.second_step_of(person_id)
    asked_for = step is not None and step.confirmed_at is not None
    return ALLOW if asked_for and step and use_app_code(step, typed, at) else WRONG_SECOND_CODE
