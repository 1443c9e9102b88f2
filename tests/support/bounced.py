"""Mails as servers send them back, written after how each of them writes; no copies."""

from collections.abc import Callable

TOKEN = "abcdefghjkmn23456789pqrs"
DOMAIN = "network.example.com"
REPORT = """\
From: {sender}
To: {to}
Subject: {subject}
MIME-Version: 1.0
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type={kind}; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

{words}

--b1
Content-Type: message/{kind}

{fields}

--b1
Content-Type: {returned}

{copy}

--b1--
"""


def copy_of(token: str = TOKEN, to: str = "alice@example.com", domain: str = DOMAIN) -> str:
    """Return the headers of one of our mails."""
    return (
        f"From: Kundidat <hello@{DOMAIN}>\nTo: {to}\nSubject: Hej\nMessage-ID: <{token}@{domain}>\n"
        "Content-Type: text/plain\n"
    )


def report(
    fields: str,
    *,
    to: str = f"hello@{DOMAIN}",
    kind: str = "delivery-status",
    returned: str = "text/rfc822-headers",
    copy: str | None = None,
    words: str = "This is what became of your message.",
) -> bytes:
    """Return a report in three parts (RFC 3462)."""
    return REPORT.format(
        sender="MAILER-DAEMON@mx.example.com",
        to=to,
        subject="Undelivered Mail Returned to Sender",
        kind=kind,
        words=words,
        fields=fields,
        returned=returned,
        copy=copy_of() if copy is None else copy,
    ).encode()


def status(
    address: str = "alice@example.com",
    code: str = "5.1.1",
    answer: str = "smtp; 550 5.1.1 <alice@example.com>: Recipient address rejected: User unknown",
    action: str = "failed",
) -> str:
    """Return what a delivery status says of one address."""
    return (
        "Reporting-MTA: dns; mx.example.com\n\n"
        f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {code}\n"
        f"Diagnostic-Code: {answer}"
    )


def postfix_like(address: str = "alice@example.com", **more: str) -> bytes:
    return report(
        f"{status(address)}\nOriginal-Recipient: rfc822;{address}",
        words=f"<{address}>: host mx.example.com said: 550 5.1.1 User unknown",
        **more,
    )


def exchange_like() -> bytes:
    answer = "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP lookup"
    fields = status(code="5.1.10", answer=answer).replace("rfc822; ", "rfc822;")
    return report(fields, returned="message/rfc822", copy=copy_of() + "\nHej\n")


def gmail_like() -> bytes:
    fields = status(
        code="5.1.1", answer="smtp; 550-5.1.1 The account does not exist.\n 550 5.1.1 x"
    )
    words = "** Address not found **\n\nYour message was not delivered to alice@example.com."
    return report(fields, words=words, returned="message/rfc822", copy=copy_of() + "\nHej\n")


def qmail_like(answer: str = "Sorry, no mailbox here by that name. (#5.1.1)") -> bytes:
    return f"""\
From: MAILER-DAEMON@mx.example.com
To: hello@{DOMAIN}
Subject: failure notice

Hi. This is the qmail-send program at mx.example.com.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<alice@example.com>:
{answer}

--- Below this line is a copy of the message.

Return-Path: <hello@{DOMAIN}>
{copy_of()}
Hej
""".encode()


def exim_like() -> bytes:
    return f"""\
From: Mail Delivery System <Mailer-Daemon@mx.example.com>
To: hello@{DOMAIN}
Auto-Submitted: auto-replied
X-Failed-Recipients: alice@example.com
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  alice@example.com
    Unrouteable address

------ This is a copy of your message, including all the headers. ------

{copy_of()}
Hej
""".encode()


def delayed() -> bytes:
    return report(status(code="4.4.1", answer="smtp; connect timed out", action="delayed"))


def expired() -> bytes:
    return report(status(code="4.4.7", answer="smtp; delivery time expired"))


def full() -> bytes:
    return report(status(code="5.2.2", answer="smtp; 552 5.2.2 Over quota"))


def refused_for_safety() -> bytes:
    return report(status(code="5.0.0", answer="smtp; 550 5.7.1 Blocked, looks like spam"))


def away() -> bytes:
    return f"""\
From: Alice <alice@example.com>
To: bounces+{TOKEN}@{DOMAIN}
Auto-Submitted: auto-replied (vacation)
In-Reply-To: <{TOKEN}@{DOMAIN}>
Subject: Away

I am away until Monday. If your message could not be delivered, try again:
<alice@example.com>: user unknown at the office
""".encode()


def complaint(kind: str = "abuse", copy: str | None = None) -> bytes:
    fields = (
        f"Feedback-Type: {kind}\nUser-Agent: Example/1.0\nVersion: 1\n"
        "Original-Rcpt-To: struck-out@example.com"
    )
    return report(fields, kind="feedback-report", returned="message/rfc822", copy=copy)


HARD: tuple[Callable[[], bytes], ...] = (
    postfix_like,
    exchange_like,
    gmail_like,
    qmail_like,
    exim_like,
)
SOFT: tuple[Callable[[], bytes], ...] = (delayed, expired, full, refused_for_safety)
