"""Mails about passkeys, the second step and organisations, and the clearing of what has passed."""

from datetime import timedelta

from sqlalchemy import delete

from portal.accounts.facts import (
    IdentityLinked,
    IdentityUnlinked,
    PasskeyAdded,
    PasskeyRefused,
    PasskeyRemoved,
    PrintedCodesMade,
    PrintedCodeUsed,
    SecondStepFailed,
    SecondStepTurnedOff,
    SecondStepTurnedOn,
)
from portal.accounts.jobs.alarms import mail_alarm
from portal.accounts.models import FirstStep, PasskeyChallenge, SecondStep, SpentState
from portal.kernel import clock
from portal.kernel.db import session
from portal.kernel.facts import on
from portal.kernel.worker import every

PASSED = timedelta(days=1)  # longer than anything below can be used

on(PasskeyAdded, PasskeyRemoved, PasskeyRefused)(mail_alarm)
on(SecondStepTurnedOn, SecondStepTurnedOff, SecondStepFailed)(mail_alarm)
on(PrintedCodesMade, PrintedCodeUsed)(mail_alarm)
on(IdentityLinked, IdentityUnlinked)(mail_alarm)


@every(timedelta(days=1), "accounts.clear_ways_in")
def clear_ways_in() -> None:
    """Delete what devices were asked, answers that were used, and what was begun and left."""
    before = clock.now() - PASSED
    left = SecondStep.confirmed_at.is_(None), SecondStep.begun_at < before
    for gone in (
        delete(PasskeyChallenge).where(PasskeyChallenge.created_at < before),
        delete(SpentState).where(SpentState.spent_at < before),
        delete(FirstStep).where(FirstStep.created_at < before),
        delete(SecondStep).where(*left),
    ):
        session().execute(gone)
