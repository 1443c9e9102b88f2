"""A mail as the message that is sent, and the address that it comes back to when nobody takes it."""

from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from portal.config import Settings
from portal.kernel.mail.classes import MailClass
from portal.kernel.mail.flowed import flowed
from portal.kernel.mail.models import Mail

FOLDED_AT = 75  # RFC 2047, 2: the longest encoded word


class _Folding(EmailPolicy):
    """Mends how Python folds: it makes long links unreadable, and loses blanks of long subjects."""

    def fold(self, name: str, value: Any) -> str:
        if name == "List-Id":
            return f"{name}: {_list_id(str(value))}{self.linesep}"
        if name == "Subject" and not str(value).isascii():
            return f"{name}: {_encoded(str(value), name)}{self.linesep}"
        if name == "List-Unsubscribe":
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii")


POLICY = _Folding(linesep="\r\n", cte_type="7bit")


def as_message(mail: Mail, settings: Settings) -> EmailMessage:
    """Build the message (RFC 5322; 3834 Auto-Submitted; 2919 List-Id; 2369 and 8058 List-Unsubscribe).

    ValueError when its address is not one address.
    """
    message = EmailMessage(POLICY)
    message["Subject"] = _line(mail.subject)
    message["From"] = _only(settings.mail_from, _line(settings.brand))
    message["To"] = _only(mail.address)
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if mail.off_path:
        message["List-Id"] = f"{_line(mail.list_name)} <{mail.list_id}.{settings.host}>"
        message["List-Unsubscribe"] = f"<{settings.base_url}{mail.off_path}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if mail.urgency == MailClass.BULK:
        message["Precedence"] = "bulk"
    # A relay that rewrites 8-bit text would break a DKIM signature: nothing is left to rewrite.
    flow = {"format": "flowed"}
    message.set_content(flowed(mail.text), cte="quoted-printable", params=flow)
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    return message


def token_of(mail: Mail) -> str:
    """Return the part of the Message-ID that is this mail's alone."""
    return mail.message_id.lstrip("<").partition("@")[0]


def envelope_sender(mail: Mail, settings: Settings) -> str:
    """Return where the mail comes back to: with a bounce address, one that names the mail (VERP)."""
    if settings.bounce_address is None:
        return settings.mail_from
    local, _, host = settings.bounce_address.rpartition("@")
    return f"{local}+{token_of(mail)}@{host}"


def _line(text: str) -> str:
    """Return text as one line without anything that could end a header."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _list_id(value: str) -> str:
    """Write a list's name as a phrase, and its id whole behind it."""
    name, _, number = value.rpartition(" ")
    name = "".join(char for char in name if char not in '"\\<>')
    if not name.isascii():
        return f"{_encoded(name, 'List-Id')}\r\n {number}"
    return f'"{name}" {number}'


def _encoded(text: str, name: str) -> str:
    """Write text as encoded words, folded (RFC 2047)."""
    return Header(text, "utf-8", FOLDED_AT, name).encode(linesep="\r\n")


def _only(address: str, name: str = "") -> Address:
    """Return one address. ValueError when it is none, or more."""
    try:
        return Address(name, addr_spec=address)
    except (IndexError, MessageError) as wrong:
        raise ValueError(f"{address!r} is no address") from wrong
