"""The ways in that a person has, and the rule that the last one stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.text import _l

# A password opens nothing without the address it goes with, so it is no way of its own.
Kind = Literal["address", "passkey", "identity"]


@dataclass(frozen=True)
class Way:
    """One thing that lets a person in: an address that gets codes, a passkey, an organisation."""

    kind: Kind
    id: int


def may_give_up(way: Way, ways: Iterable[Way]) -> Decision:
    """Say whether one of a person's ways in may go: never the last one."""
    if any(other != way for other in ways):
        return ALLOW
    return deny(_l("This is your only way in. Add another one first, then you can remove it."))
