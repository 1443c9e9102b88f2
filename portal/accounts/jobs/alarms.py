"""Mails about the safety of an account: was it not you?"""

from datetime import datetime
from typing import Any

from portal.accounts.facts import (
    IdentityLinked,
    IdentityUnlinked,
    PasskeyAdded,
    PasskeyRefused,
    PasskeyRemoved,
    PasswordChanged,
    PasswordRemoved,
    PasswordSet,
    PrimaryChangeUndone,
    PrintedCodesMade,
    PrintedCodeUsed,
    SecondStepFailed,
    SecondStepTurnedOff,
    SecondStepTurnedOn,
)
from portal.accounts.policy import ALARMS
from portal.accounts.queries import account_of, reader_of
from portal.kernel.facts import on
from portal.people.facts import AddressAdded, AddressRemoved, PrimaryAddressChanged
from portal.people.queries import address_by_id
from portal.web.links import contact
from portal.web.mailing import send


@on(PasswordSet, PasswordChanged, PasswordRemoved, PrimaryChangeUndone)
@on(AddressAdded, AddressRemoved, PrimaryAddressChanged)
@on(PasskeyAdded, PasskeyRemoved, PasskeyRefused)
@on(SecondStepTurnedOn, SecondStepTurnedOff, SecondStepFailed)
@on(PrintedCodesMade, PrintedCodeUsed)
@on(IdentityLinked, IdentityUnlinked)
def mail_alarm(fact: Any, at: datetime) -> None:
    """Tell a person what has happened to their account, in the words of ALARMS."""
    person_id = getattr(fact, "person_id", None) or fact.account_id
    if not account_of(person_id):
        return
    alarm = ALARMS[type(fact).__name__]
    number = getattr(fact, "address_id", None)
    about = address_by_id(number) if number else None
    named = {"address": about.address if about else ""}
    send(
        "alarm",
        reader_of(person_id),
        alarm.subject,
        sentence=alarm.sentence,
        named=named,
        at=at,
        to=contact(),
    )
