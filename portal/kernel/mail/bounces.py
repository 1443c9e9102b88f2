"""What mail servers send back: that a mail could not be delivered, or that its reader calls it unwanted.

Nothing here is believed for an address that stands in it, since anybody can write anything: the random
part of one of our Message-IDs is the proof, as the mailbox that it came to (VERP) or in what came back.
"""

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Literal

from flufl.bounce import all_failures

from portal.kernel import keys
from portal.kernel.mail.statuses import is_auto_reply, is_for_good, is_nobody

LARGEST = 1024 * 1024  # bytes of a message that are read
# Bytes in which words for people tell what has happened, and of a line of them (RFC 5322, 2.1.1): the
# detectors take minutes for what is made to take long.
WORDS, LINE = 32 * 1024, 998
Kind = Literal["hard", "soft", "complaint"]
Found = tuple[Kind, set[str]] | None

log = logging.getLogger(__name__)
# As kernel.mail.box makes them: two public ids before the @.
TOKEN = f"([{keys.ALPHABET}]{{24}})"
OF_ENVELOPE = re.compile(rf"\+{TOKEN}@", re.IGNORECASE)
OF_MESSAGE = re.compile(rf"<?{TOKEN}@[^\s<>@]+>?")
OF_COPY = re.compile(rf"^[> ]*Message-ID:\s*<{TOKEN}@".encode(), re.IGNORECASE | re.MULTILINE)
# Where servers write whom a message has come to.
CAME_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To")
UNWANTED = ("abuse", "opt-out", "opt-out-list")  # of RFC 5965, 7.3; not-spam and virus are none


@dataclass(frozen=True)
class Report:
    """What a message says about mails of ours: the tokens that prove which, and whom it names."""

    kind: Kind
    tokens: tuple[str, ...]
    addresses: frozenset[str] = frozenset()


def read_report(raw: bytes) -> Report | None:
    """Read what came back; None when it tells of none of our mails. Never raises."""
    try:
        message = message_from_bytes(raw[:LARGEST])
        tokens = tuple(dict.fromkeys([*_of_envelope(message), *_of_copies(message)]))
        # Without a proof it need not be understood.
        found = _told(message, raw) if tokens else None
    except Exception:
        # Hostile bytes may break the parser or a detector anywhere, and concern nobody.
        log.warning("A message that came back could not be read.", exc_info=True)
        return None
    return Report(found[0], tokens, frozenset(found[1])) if found else None


def read_json(raw: bytes) -> Report:
    """Read what an adapter for a mail provider tells. ValueError when it is not as documented."""
    try:
        told = json.loads(raw)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    kinds: dict[object, Kind] = {"bounce": "hard", "complaint": "complaint"}
    if not isinstance(told, dict) or not isinstance(told.get("message_id"), str):
        raise ValueError("an object with a message_id is wanted")
    kind, address = told.get("kind"), told.get("address") or ""
    if not isinstance(kind, str) or kind not in kinds or not isinstance(address, str):
        raise ValueError("kind is bounce or complaint, address a string")
    token = token_in(told["message_id"])
    return Report(kinds[kind], (token,) if token else (), frozenset({address} if address else ()))


def token_in(message_id: str) -> str | None:
    """Return the proof in a Message-ID of ours."""
    found = OF_MESSAGE.fullmatch(message_id.strip())
    return found[1] if found else None


def _of_envelope(message: Message) -> Iterator[str]:
    """Give the proofs in the addresses that it came to."""
    for name in CAME_TO:
        for value in message.get_all(name, []):
            yield from (token.lower() for token in OF_ENVELOPE.findall(str(value)))


def _of_copies(message: Message) -> Iterator[str]:
    """Give the proofs in the mail that came back, whole, as headers or within the text."""
    for part in message.walk():
        if part is not message and (token := token_in(str(part.get("Message-ID", "")))):
            yield token
        if part.get_content_maintype() == "text":
            for found in OF_COPY.findall(_bytes(part)):
                yield found.decode().lower()


def _told(message: Message, raw: bytes) -> Found:
    """Say what a message tells, and about which addresses."""
    for part in message.walk():
        if part.get_content_type() == "message/feedback-report":
            # The address is often struck out (RFC 6590), so whom it names is not asked.
            return ("complaint", set()) if _is_unwanted(part) else None
    blocks = [block for part in message.walk() for block in _blocks(part)]
    if any(block.get("Action") for block in blocks):
        return _by_status(blocks)
    return None if is_auto_reply(message) else _by_text(message_from_bytes(_beginning(raw)))


def _is_unwanted(part: Message) -> bool:
    inner = part.get_payload()
    fields = inner[0] if isinstance(inner, list) and inner else part
    kind = fields.get("Feedback-Type", "") if isinstance(fields, Message) else ""
    return str(kind).strip().lower() in UNWANTED


def _blocks(part: Message) -> list[Message]:
    """Return what a delivery status says, recipient by recipient (RFC 3464)."""
    inner = part.get_payload()
    is_status = part.get_content_type() in (
        "message/delivery-status",
        "message/global-delivery-status",
    )
    return (
        [one for one in inner if isinstance(one, Message)]
        if is_status and part.is_multipart()
        else []
    )


def _by_status(blocks: list[Message]) -> Found:
    hard: set[str] = set()
    is_hard = is_soft = False
    for block in blocks:
        action = str(block.get("Action", "")).strip().lower()
        if action.startswith("fail") and is_nobody(
            _line(block, "Status"), _line(block, "Diagnostic-Code")
        ):
            is_hard = True
            names = (_line(block, name) for name in ("Original-Recipient", "Final-Recipient"))
            hard |= {name.rpartition(";")[2].strip(" <>") for name in names if name}
        elif action.startswith(("fail", "delay")):
            is_soft = True
    if is_hard:
        return "hard", hard
    return ("soft", set()) if is_soft else None


def _by_text(message: Message) -> Found:
    """Read what is written for people only, by what is known of how servers write it."""
    delayed, failed = all_failures(message)
    addresses = {one.decode("ascii", "replace") for one in failed}
    if not addresses:
        return ("soft", set()) if delayed else None
    text = b"\n".join(
        _bytes(part) for part in message.walk() if part.get_content_maintype() == "text"
    )
    return ("hard", addresses) if is_for_good(text.decode("utf-8", "replace")) else ("soft", set())


def _beginning(raw: bytes) -> bytes:
    return b"\n".join(line[:LINE] for line in raw[:WORDS].splitlines())


def _line(block: Message, name: str) -> str:
    return " ".join(str(block.get(name, ""))[:LINE].split())


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
