"""Rules of mails that did not leave: when one may be sent again, and why it did not, in plain words."""

from datetime import datetime
from typing import Protocol

from portal.kernel.actors import Actor
from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.text import Lazy, _l

REASONS = {
    "nobody": _l("The mail server says that nobody has this mailbox."),
    "refused": _l("The mail server refuses this mail for good."),
    "later": _l("The mail server has not taken it for now."),
    "lost": _l("The line to the mail server broke before it was handed over."),
    "unclear": _l(
        "The line broke as it was handed over: it may have arrived. Sent again, it may come twice."
    ),
}
OTHER_REASON = _l("Something else went wrong.")
CLASSES = (
    _l("Signing in and safety"),
    _l("Answers and receipts"),
    _l("Notices"),
    _l("Digests"),
    _l("To many at once"),
)


class Letter(Protocol):
    """A mail, as far as the rules look at it."""

    @property
    def sent_at(self) -> datetime | None: ...
    @property
    def failed_at(self) -> datetime | None: ...
    @property
    def leased_until(self) -> datetime | None: ...
    @property
    def text(self) -> str: ...


def may_renew(actor: Actor, mail: Letter | None) -> Decision:
    """Say whether a mail that was given up may be sent again."""
    if not actor.is_administrator:
        return deny(_l("Only administrators see to mails."))
    if mail is None:
        return deny(_l("There is no such mail any more."))
    if mail.sent_at is not None:
        return deny(_l("This mail has left."))
    if mail.failed_at is None:
        return deny(_l("This mail leaves by itself."))
    if not mail.text:
        return deny(_l("What stood in this mail is not kept any more."))
    return ALLOW


def may_renew_all(actor: Actor) -> Decision:
    """Say whether somebody may let every mail that was given up be sent again."""
    return ALLOW if actor.is_administrator else deny(_l("Only administrators see to mails."))


def mail_state(mail: Letter, at: datetime) -> str:
    """Return "sent", "failed", "working" or "waiting"."""
    if mail.sent_at is not None:
        return "sent"
    if mail.failed_at is not None:
        return "failed"
    return "working" if mail.leased_until is not None and mail.leased_until > at else "waiting"


def reason(error: str | None) -> Lazy | None:
    """Say in plain words why a mail has not left; None when nothing went wrong."""
    if error is None:
        return None
    return REASONS.get(error.partition(":")[0], OTHER_REASON)


def answer(error: str | None) -> str:
    """Return what the mail server said, in its own words."""
    return (error or "").partition(": ")[2]
