"""Whose mail has come back: what a report proves is recorded as a fact, once for each mail."""

from datetime import datetime

from sqlalchemy import exists, select

from portal.kernel.db import session
from portal.kernel.facts import Fact, FactSubject, record
from portal.kernel.mail.bounces import Report
from portal.kernel.mail.box import by_token
from portal.kernel.mail.models import Mail, MailRefused, MailUnwanted
from portal.kernel.mailboxes import fold_address


def note_report(report: Report | None, at: datetime) -> bool:
    """Record what a report proves of one of our mails; False when that is nothing, or known.

    What fails for now is nobody's concern: the servers try again.
    """
    if report is None or report.kind == "soft":
        return False
    mail = next(filter(None, map(by_token, report.tokens)), None)
    if mail is None or not _is_about(report, mail):
        return False
    fact = MailUnwanted(mail.id) if report.kind == "complaint" else MailRefused(mail.id)
    if _is_known(fact, mail):
        return False
    record(fact, at)
    return True


def _is_about(report: Report, mail: Mail) -> bool:
    """Say whether a report names whom the mail went to, or nobody.

    Else it was sent on from there, to where it could not be delivered: their mailbox is alive.
    """
    named = {fold_address(address) for address in report.addresses}
    return not named or fold_address(mail.address) in named


def _is_known(fact: Fact, mail: Mail) -> bool:
    """Say whether the same has been said of this mail: reports may come twice, also much later."""
    told = exists().where(
        FactSubject.kind == "mail",
        FactSubject.subject_id == mail.id,
        FactSubject.name == type(fact).__name__,
        FactSubject.at >= mail.created_at,  # its number may have been another mail's before
    )
    return bool(session().scalar(select(told)))
