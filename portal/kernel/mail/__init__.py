"""Mail: written into the database with the act that causes it, sent over SMTP afterwards."""

from portal.kernel.mail.bounces import Report, read_json, read_report
from portal.kernel.mail.box import by_token, draft, forget, latest, may_reach, one, post
from portal.kernel.mail.classes import MAILS, MailClass
from portal.kernel.mail.letters import Letter, MailingList, Reader
from portal.kernel.mail.message import as_message
from portal.kernel.mail.models import Mail, MailRefused, MailUnwanted
from portal.kernel.mail.outcomes import Trouble
from portal.kernel.mail.returned import note_report
from portal.kernel.mail.sending import Sender, parcel_of, send_due
from portal.kernel.mail.withdrawing import withdraw

__all__ = [
    "MAILS",
    "Letter",
    "Mail",
    "MailClass",
    "MailRefused",
    "MailUnwanted",
    "MailingList",
    "Reader",
    "Report",
    "Sender",
    "Trouble",
    "as_message",
    "by_token",
    "draft",
    "forget",
    "latest",
    "may_reach",
    "note_report",
    "one",
    "parcel_of",
    "post",
    "read_json",
    "read_report",
    "send_due",
    "withdraw",
]
