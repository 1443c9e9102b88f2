"""Mails about a journey: the answer to what somebody wanted put right."""

from datetime import datetime

from portal.accounts.queries import account_of
from portal.journey.facts import CorrectionAnswered
from portal.journey.models import Correction
from portal.journey.policy import OUTCOME_NAMES
from portal.kernel.db import session
from portal.kernel.facts import on
from portal.kernel.mail import post
from portal.kernel.text import DEFAULT_LANGUAGE, _l
from portal.people.models import Person
from portal.people.queries import primary_address
from portal.web.mailing import write


@on(CorrectionAnswered)
def mail_answer(fact: CorrectionAnswered, _at: datetime) -> None:
    """Tell the person what became of it, in their language; nobody without an address."""
    correction = session().get(Correction, fact.correction_id)
    address = primary_address(fact.person_id)
    if correction is None or correction.outcome is None or address is None:
        return
    account = account_of(fact.person_id)
    letter = write(
        "correction_answered",
        account.language if account else DEFAULT_LANGUAGE,
        _l("An answer about what you wanted put right"),
        person=session().get_one(Person, fact.person_id),
        outcome=OUTCOME_NAMES[correction.outcome],
        correction=correction,
    )
    post(letter, address, fact.person_id)
