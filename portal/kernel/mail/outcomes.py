"""How far a mail came on its way to the mail server, and what kept it from being taken."""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """How far one got."""

    WRITTEN = "written"
    SIGNED = "signed"
    FOUND = "found"
    CONNECTED = "connected"
    ENCRYPTED = "encrypted"
    SIGNED_IN = "signed in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    TAKEN = "taken"


class Trouble(StrEnum):
    """What kept a mail from being taken."""

    NOBODY = "nobody"  # has this mailbox
    REFUSED = "refused"  # for good
    LATER = "later"  # refused for now
    LOST = "lost"  # the line, before the text was given over: it has not arrived
    UNCLEAR = "unclear"  # the line, after: it may have arrived

    @property
    def is_final(self) -> bool:
        return self in (Trouble.NOBODY, Trouble.REFUSED)


class Unreachable(Exception):
    """The mail server can't be reached or takes no mail of the portal at all; no mail is to blame."""

    def __init__(self, step: Step, why: str) -> None:
        self.step = step
        super().__init__(why)


class NotTaken(Exception):
    """One mail was not taken."""

    def __init__(self, step: Step, trouble: Trouble, why: str, *, hung: bool = False) -> None:
        self.step, self.trouble, self.hung = step, trouble, hung
        super().__init__(why)


@dataclass(frozen=True)
class Parcel:
    """What goes over the line: one message to one address."""

    sender: str
    recipient: str
    content: bytes
