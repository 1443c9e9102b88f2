"""Mails about the safety of an account: was it not you?"""

from datetime import datetime
from typing import Any

from portal.accounts.facts import (
    PasswordChanged,
    PasswordRemoved,
    PasswordSet,
    PrimaryChangeUndone,
)
from portal.accounts.policy import ALARMS
from portal.accounts.queries import account_of
from portal.kernel.facts import on
from portal.kernel.mail import post
from portal.people.facts import AddressAdded, AddressRemoved, PrimaryAddressChanged
from portal.people.queries import address_by_id, primary_address
from portal.web.links import contact
from portal.web.mailing import write


@on(PasswordSet, PasswordChanged, PasswordRemoved, PrimaryChangeUndone)
@on(AddressAdded, AddressRemoved, PrimaryAddressChanged)
def mail_alarm(fact: Any, at: datetime) -> None:
    """Tell a person what has happened to their account, in the words of ALARMS."""
    person_id = getattr(fact, "person_id", None) or fact.account_id
    address, account = primary_address(person_id), account_of(person_id)
    if not address or not account:
        return
    alarm = ALARMS[type(fact).__name__]
    number = getattr(fact, "address_id", None)
    about = address_by_id(number) if number else None
    named = {"address": about.address if about else ""}
    letter = write(
        "alarm",
        account.language,
        alarm.subject,
        sentence=alarm.sentence,
        named=named,
        at=at,
        to=contact(),
    )
    post(letter, address, person_id)
