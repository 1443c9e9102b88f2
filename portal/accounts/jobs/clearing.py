"""The clearing of what is no longer needed about signing in."""

from datetime import timedelta

from sqlalchemy import delete, or_

from portal.accounts.facts import (
    AddressAllowed,
    AddressComplained,
    AddressReached,
    AddressRefused,
    CodeMailed,
    CodeRefused,
    EverySessionEnded,
    PasswordRefused,
    ProofGiven,
    SessionEnded,
    SignedIn,
)
from portal.accounts.models import (
    AddressRequest,
    FirstStep,
    PasskeyChallenge,
    PrimaryChange,
    ProofRequest,
    SecondStep,
    SignInRequest,
    SpentState,
    UserSession,
)
from portal.kernel import clock, mail
from portal.kernel.db import session
from portal.kernel.facts import FactRow
from portal.kernel.worker import every
from portal.web import throttle

KEPT = timedelta(days=30)
PASSED = timedelta(days=1)  # for what works for an hour at most
KEPT_COMINGS = timedelta(days=365)  # who came and went, in the security log; changes stay
COMINGS = (
    AddressAllowed,
    AddressComplained,
    AddressReached,
    AddressRefused,
    CodeMailed,
    CodeRefused,
    EverySessionEnded,
    PasswordRefused,
    ProofGiven,
    SessionEnded,
    SignedIn,
    mail.MailRefused,
    mail.MailUnwanted,
)


@every(timedelta(days=1), "accounts.clear")
def clear() -> None:
    """Delete what waited for a mailbox and mails after a month, sessions a month after their end.

    Who came and went is forgotten after a year.
    """
    before = clock.now() - KEPT
    for kind in (SignInRequest, ProofRequest, AddressRequest, PrimaryChange):
        session().execute(delete(kind).where(kind.created_at < before))
    gone = or_(UserSession.ended_at < before, UserSession.expires_at < before)
    session().execute(delete(UserSession).where(gone))
    names = [kind.__name__ for kind in COMINGS]
    long_ago = FactRow.at < clock.now() - KEPT_COMINGS
    session().execute(delete(FactRow).where(FactRow.name.in_(names), long_ago))
    mail.forget(before)
    throttle.forget()


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
