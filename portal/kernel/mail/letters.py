"""What a mail is made of: who reads it, what it says, and the list it belongs to."""

from dataclasses import dataclass

from portal.kernel.clock import DEFAULT_ZONE
from portal.kernel.text import DEFAULT_LANGUAGE


@dataclass(frozen=True)
class Reader:
    """Who reads a mail: in which language, by which clock.

    Mails to `address` come back when it `is_dead`: it gets critical ones alone. Whoever `has_complained`
    to their mail provider of ours gets none of those that are chosen.
    """

    address: str
    person_id: int | None = None
    language: str = DEFAULT_LANGUAGE
    zone: str = DEFAULT_ZONE
    is_dead: bool = False
    has_complained: bool = False


@dataclass(frozen=True)
class MailingList:
    """The list that a chosen mail belongs to; `off_path` is where one POST leaves exactly this one."""

    id: str  # of RFC 2919, without the host, such as "requests.bygg"
    name: str
    off_path: str


@dataclass(frozen=True)
class Letter:
    """A mail as written, in the reader's language."""

    subject: str
    text: str
    html: str
