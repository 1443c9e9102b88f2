"""A mail as the message that is sent."""

from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from urllib.parse import urlsplit

from portal.config import Settings
from portal.kernel.mail.classes import MailClass
from portal.kernel.mail.models import Mail


def as_message(mail: Mail, settings: Settings) -> EmailMessage:
    """Build the message (RFC 5322; 3834 Auto-Submitted; 2919 List-Id; 2369 and 8058 List-Unsubscribe)."""
    message = EmailMessage()
    message["Subject"] = mail.subject
    message["From"] = formataddr((settings.brand, settings.mail_from))
    message["To"] = mail.address
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if mail.off_path:
        host = urlsplit(settings.base_url).hostname or "localhost"
        message["List-Id"] = f"{_phrase(mail.list_name)} <{mail.list_id}.{host}>"
        message["List-Unsubscribe"] = f"<{settings.base_url}{mail.off_path}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if mail.urgency == MailClass.BULK:
        message["Precedence"] = "bulk"
    # A relay that rewrites 8-bit text would break a DKIM signature: nothing is left to rewrite.
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    return message


def _phrase(name: str) -> str:
    """Return a list's name as a quoted string."""
    return '"' + name.replace("\\", "").replace('"', "") + '"'
