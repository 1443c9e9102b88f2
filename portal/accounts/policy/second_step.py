"""Rules of the second step: whose it is, how its codes come and go, how often one may try."""

from datetime import datetime, timedelta

from portal.accounts.models import FirstStep
from portal.kernel.actors import Actor
from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.text import _l

STEP = 30  # seconds, the time step that every app knows (RFC 6238)
DRIFT = 1  # steps that a phone's clock may be wrong, either way
SETTING_UP = timedelta(hours=1)  # how long a secret is shown that has not been confirmed
FIRST_STEP_LIFE = timedelta(minutes=10)
MOST_SECOND_TRIES = 5
PRINTED = 10
PRINTED_LENGTH = 10  # characters of 31, about 50 bits

WRONG_SECOND_CODE = deny(
    _l("That is not the code that the app shows now. Wait for the next one, and write that.")
)
WRONG_PRINTED_CODE = deny(_l("That is not one of your unused printed codes."))
START_OVER = deny(_l("That took too long, or there were too many tries. Sign in from the start."))


def time_steps(at: datetime) -> list[int]:
    """Return the time steps whose codes are taken at an instant, the likeliest first."""
    now = int(at.timestamp()) // STEP
    return sorted(range(now - DRIFT, now + DRIFT + 1), key=lambda step: abs(step - now))


def may_take_second_step(first: FirstStep, at: datetime) -> Decision:
    """Say whether a first step still waits for its second one; all faults get the same answer."""
    is_late = at >= first.created_at + FIRST_STEP_LIFE
    if first.used_at is not None or first.tries >= MOST_SECOND_TRIES or is_late:
        return START_OVER
    return ALLOW


def is_staff(actor: Actor) -> bool:
    """Say whether somebody can do things to others here: administrators and coordinators."""
    return actor.is_administrator or actor.is_coordinator


def digits_of(typed: str) -> str:
    """Return the digits in what was typed, of any script, as 0 to 9."""
    return "".join(str(int(char)) for char in typed if char.isdecimal())


def is_printed(typed: str) -> bool:
    """Say whether what was typed looks like a printed code: apps give digits only."""
    return any(char.isalpha() for char in typed)


def in_groups(secret: str, size: int, between: str) -> str:
    """Write a long secret so that a person can copy it: in groups."""
    return between.join(secret[at : at + size] for at in range(0, len(secret), size))


def plain_printed(typed: str) -> str:
    """Return a printed code as it was made, however it was typed."""
    return "".join(char for char in typed.casefold() if char.isalnum())
