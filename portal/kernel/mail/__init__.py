"""Mail: written into the database with the act that causes it, sent over SMTP afterwards."""

from portal.kernel.mail.box import forget, latest, may_reach, one, post
from portal.kernel.mail.classes import MAILS, MailClass
from portal.kernel.mail.letters import DEFAULT_ZONE, Letter, MailingList, Reader
from portal.kernel.mail.message import as_message
from portal.kernel.mail.models import Mail, MailRefused
from portal.kernel.mail.sending import send_due

__all__ = [
    "DEFAULT_ZONE",
    "MAILS",
    "Letter",
    "Mail",
    "MailClass",
    "MailRefused",
    "MailingList",
    "Reader",
    "as_message",
    "forget",
    "latest",
    "may_reach",
    "one",
    "post",
    "send_due",
]
