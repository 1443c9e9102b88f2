"""The second step of signing in: set up, taken, taken away again; codes from an app or on paper."""

import base64
import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, delete, update

from portal.accounts import queries
from portal.accounts.actions.entering import Entrance, enter_as
from portal.accounts.actions.sessions import end_sessions
from portal.accounts.facts import (
    PrintedCodesMade,
    PrintedCodeUsed,
    SecondStepFailed,
    SecondStepTurnedOff,
    SecondStepTurnedOn,
)
from portal.accounts.models import FirstStep, PrintedCode, SecondStep
from portal.accounts.policy import (
    FIRST_STEP_LIFE,
    MOST_SECOND_TRIES,
    PRINTED,
    PRINTED_LENGTH,
    SETTING_UP,
    START_OVER,
    WRONG_PRINTED_CODE,
    WRONG_SECOND_CODE,
    digits_of,
    is_printed,
    may_take_second_step,
    plain_printed,
    time_steps,
)
from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.db import insert_new, session
from portal.kernel.decisions import ALLOW, Decision
from portal.kernel.facts import record
from portal.people.models import Person


def secret_of(step: SecondStep) -> str:
    """Return the secret that an app makes its codes of (base32, 160 bits); only our key knows it."""
    return base64.b32encode(bytes.fromhex(keys.keyed("second step", step.nonce))[:20]).decode()


def code_at(step: SecondStep, time_step: int) -> str:
    """Return the code that the app shows during a time step (RFC 6238)."""
    from pyotp import HOTP

    return HOTP(secret_of(step)).at(time_step)


def begin_second_step(actor: Actor, at: datetime) -> None:
    """Make a secret for the actor's app; nothing is asked for until a code of it has come back.

    A second click does not make another: the app may have read the first one.
    """
    fresh = {"person_id": actor.person_id, "nonce": keys.token(), "begun_at": at, "last_step": 0}
    session().execute(insert_new(SecondStep).values(fresh))
    waiting = update(SecondStep).where(
        SecondStep.person_id == actor.person_id,
        SecondStep.confirmed_at.is_(None),
        SecondStep.begun_at <= at - SETTING_UP,
    )
    session().execute(waiting.values(nonce=fresh["nonce"], begun_at=at, last_step=0))


def turn_on_second_step(
    actor: Actor, typed: str, session_id: int, at: datetime
) -> list[str] | Decision:
    """Ask for the app's codes from now on; return the printed codes, which are shown this once.

    Other browsers are signed out: they came in with one step.
    """
    assert actor.person_id is not None
    step = queries.second_step_of(actor.person_id)
    if step is None or step.confirmed_at is not None or not _use_app_code(step, typed, at):
        return WRONG_SECOND_CODE
    confirmed = update(SecondStep).where(
        SecondStep.person_id == actor.person_id, SecondStep.confirmed_at.is_(None)
    )
    session().execute(confirmed.values(confirmed_at=at))
    end_sessions(actor, at, keep=session_id)
    record(SecondStepTurnedOn(actor.person_id), at)
    return _print_codes(actor.person_id, at)


def turn_off_second_step(actor: Actor, typed: str, at: datetime) -> Decision:
    """Ask for one step only again, if this is a code of the app or on paper."""
    assert actor.person_id is not None
    used = use_second_code(actor.person_id, typed, at)
    if used:
        forget_second_step(actor.person_id, at)
    return used


def forget_second_step(person_id: int, at: datetime) -> None:
    """Take a person's second step and printed codes away."""
    session().execute(delete(PrintedCode).where(PrintedCode.person_id == person_id))
    session().execute(delete(SecondStep).where(SecondStep.person_id == person_id))
    record(SecondStepTurnedOff(person_id), at)


def print_codes_anew(actor: Actor, at: datetime) -> list[str]:
    """Make new printed codes, which are shown this once; the old ones open nothing."""
    assert actor.person_id is not None
    made = _print_codes(actor.person_id, at)
    record(PrintedCodesMade(actor.person_id), at)
    return made


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
    entered = enter_as(person, browser, at, way=first.way)
    return Entrance(entered.token, entered.language, first.next_path)


def use_second_code(person_id: int, typed: str, at: datetime) -> Decision:
    """Use up a code of a person's app, or one of their printed codes."""
    if is_printed(typed):
        return _use_printed(person_id, typed, at)
    step = queries.second_step_of(person_id)
    if step is None or step.confirmed_at is None:
        return WRONG_SECOND_CODE
    return ALLOW if _use_app_code(step, typed, at) else WRONG_SECOND_CODE


def still_waits(first: FirstStep, at: datetime) -> Decision:
    """Say whether a first step still waits for its second one."""
    return may_take_second_step(first.created_at, first.used_at is not None, first.tries, at)


def _use_app_code(step: SecondStep, typed: str, at: datetime) -> bool:
    """Take a code of this time step or its neighbours, each at most once, never an older one."""
    digits = digits_of(typed)
    found = [one for one in time_steps(at) if keys.same(code_at(step, one), digits)]
    if not found:
        return False
    later = update(SecondStep).where(
        SecondStep.person_id == step.person_id, SecondStep.last_step < found[0]
    )
    return bool(session().execute(later.values(last_step=found[0])).rowcount)  # type: ignore[attr-defined]


def _use_printed(person_id: int, typed: str, at: datetime) -> Decision:
    unused = update(PrintedCode).where(
        PrintedCode.person_id == person_id,
        PrintedCode.digest == _digest(plain_printed(typed)),
        PrintedCode.used_at.is_(None),
    )
    if not session().execute(unused.values(used_at=at)).rowcount:  # type: ignore[attr-defined]
        return WRONG_PRINTED_CODE
    record(PrintedCodeUsed(person_id), at)
    return ALLOW


def _print_codes(person_id: int, at: datetime) -> list[str]:
    session().execute(delete(PrintedCode).where(PrintedCode.person_id == person_id))
    made = [_printed() for _number in range(PRINTED)]
    session().add_all(
        PrintedCode(person_id=person_id, digest=_digest(one), made_at=at) for one in made
    )
    session().flush()
    return made


def _printed() -> str:
    """Make a printed code; a letter in it tells it from the app's."""
    while not is_printed(made := _random()):
        pass
    return made


def _random() -> str:
    return "".join(secrets.choice(keys.ALPHABET) for _ in range(PRINTED_LENGTH))


def _digest(printed: str) -> str:
    return keys.keyed("printed code", printed)


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
    changed = session().execute(
        waiting.values(**values).execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]
