"""What the codes and words of mail servers mean: is nobody there for good, or is it for now?"""

import re
from email.message import Message

# Nobody has this mailbox (RFC 5321 4.2.3, RFC 7504), when no finer code says why.
NOBODY = ("550", "551", "553", "556")
# The same in finer codes (RFC 3463, 7505; 5.4.1 and 5.4.310 as Exchange means them). Not the rest: a full
# mailbox, one message that is too large or refused for safety's sake, a sender who is not known.
NOBODY_FINELY = frozenset("1.0 1.1 1.2 1.3 1.6 1.10 2.1 4.1 4.4 4.310".split())
FINE = re.compile(r"(?<![\d.])5\.(\d{1,3}\.\d{1,3})(?![\d.]*\d)")
PLAIN = re.compile(r"(?<![\d.])(5\d\d)(?![\d.]*\d)")
FULL = re.compile(r"quota|mailbox (?:is )?full|storage limit", re.IGNORECASE)


def is_nobody(status: str, diagnosis: str) -> bool:
    """Say whether a delivery status tells that nobody has the mailbox.

    What the other server answered says it best; then the status, then the answer's plain code.
    """
    if status and not status.startswith("5"):
        return False  # given up after days: it may work again
    for text in (diagnosis, status):
        fine = [code for code in FINE.findall(text) if code != "0.0"]
        if fine:
            return any(code in NOBODY_FINELY for code in fine)
    return any(code in NOBODY for code in PLAIN.findall(diagnosis)) and not FULL.search(diagnosis)


def is_for_good(text: str) -> bool:
    """Say whether words for people tell that nobody is there, once they tell of a failure."""
    fine = [code for code in FINE.findall(text) if code != "0.0"]
    if fine:
        return any(code in NOBODY_FINELY for code in fine)
    plain = [code for code in PLAIN.findall(text) if code in (*NOBODY, "552", "554")]
    return not FULL.search(text) and (not plain or any(code in NOBODY for code in plain))


def is_auto_reply(message: Message) -> bool:
    """Say whether somebody is away, and their mailbox says so (RFC 3834): the mail has arrived."""
    if message.get("X-Failed-Recipients"):
        return False  # how Exim says that it did not, and calls that a reply, too
    submitted = str(message.get("Auto-Submitted", "")).strip().lower()
    precedence = str(message.get("Precedence", "")).strip().lower()
    marks = (message.get(name) for name in ("X-Autoreply", "X-Autorespond"))
    return submitted.startswith("auto-replied") or precedence == "auto_reply" or any(marks)
