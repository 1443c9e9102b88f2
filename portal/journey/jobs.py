"""Mails about a journey: the answer to what somebody wanted put right."""

from datetime import datetime

from portal.accounts.queries import reader_of
from portal.journey.facts import CorrectionAnswered
from portal.journey.models import Correction
from portal.journey.policy import OUTCOME_NAMES
from portal.kernel.db import session
from portal.kernel.facts import on
from portal.kernel.text import _l
from portal.people.models import Person
from portal.web.mailing import send


@on(CorrectionAnswered)
def mail_answer(fact: CorrectionAnswered, _at: datetime) -> None:
    """Tell the person what became of it."""
    correction = session().get(Correction, fact.correction_id)
    if correction is None or correction.outcome is None:
        return
    send(
        "correction_answered",
        reader_of(fact.person_id),
        _l("An answer about what you wanted put right"),
        person=session().get_one(Person, fact.person_id),
        outcome=OUTCOME_NAMES[correction.outcome],
        correction=correction,
    )
