"""May this be done? A rule's answer, with the reason in the reader's words."""

from dataclasses import dataclass

from portal.kernel.text import Lazy


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes, or no with a reason; true in a condition when it is yes."""

    allowed: bool
    reason: Lazy | None = None

    def __bool__(self) -> bool:
        return self.allowed


class NotAllowed(Exception):
    """What was asked may not be done; `reason` is written for the one who asked."""

    def __init__(self, reason: Lazy) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


ALLOW = Decision(True)


def deny(reason: Lazy) -> Decision:
    """Say no, and why."""
    return Decision(False, reason)


def require(decision: Decision) -> None:
    """Go on only if the rule says yes; raises NotAllowed with the rule's own reason."""
    if not decision:
        raise NotAllowed(decision.reason or Lazy("This can't be done."))
