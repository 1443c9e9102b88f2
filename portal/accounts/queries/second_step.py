"""Whose sign-in has a second step, and who stands before it."""

from sqlalchemy import exists, func, select

from portal.accounts.models import FirstStep, PrintedCode, SecondStep
from portal.kernel.db import session


def second_step_of(person_id: int) -> SecondStep | None:
    """Return a person's second step, confirmed or being set up."""
    return session().get(SecondStep, person_id)


def has_second_step(person_id: int) -> bool:
    """Say whether a person is asked for a code from their app."""
    mine = exists().where(SecondStep.person_id == person_id, SecondStep.confirmed_at.is_not(None))
    return bool(session().scalar(select(mine)))


def printed_codes_left(person_id: int) -> int:
    """Count a person's unused printed codes."""
    mine = select(func.count(PrintedCode.id)).where(
        PrintedCode.person_id == person_id, PrintedCode.used_at.is_(None)
    )
    return session().scalar(mine) or 0


def first_step(public_id: str) -> FirstStep | None:
    """Find a first step by its public id."""
    query = select(FirstStep).where(FirstStep.public_id == public_id)
    return session().scalars(query).one_or_none()
