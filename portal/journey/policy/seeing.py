"""Who may see an entry of somebody's journey, as the person is told it."""

from collections.abc import Collection
from typing import Literal, Protocol

from portal.journey.policy.telling import Sight
from portal.journey.policy.tellings import TELLINGS
from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.text import Lazy, _l
from portal.people.models import AUDIENCES

SeenBy = Literal["me", "staff", "networks", "members"]

SEEN_BY: dict[SeenBy, Lazy] = {
    "me": _l("Only you"),
    "staff": _l("You and our staff"),
    "networks": _l("You, our staff, your networks"),
    "members": _l("You, our staff, all members"),
}


class Entry(Protocol):
    """An entry, as far as the rules look at it."""

    @property
    def name(self) -> str: ...


def may_hide(entry: Entry) -> Decision:
    """Say whether an entry can be kept from the networks: if its kind is told to them at all."""
    telling = TELLINGS[entry.name]
    if telling.about == "memory":
        return deny(_l("You choose in the memory itself who may read it."))
    if telling.seen_by != "network":
        return deny(_l("Your networks are never told this."))
    return ALLOW


def readers_of(name: str, *, private: bool) -> tuple[Sight, ...]:
    """Return who may be told of a kind of fact at all.

    `private` says that the thing keeps itself: a memory for oneself is told to nobody, the
    relation of one who looks for work to staff only.
    """
    telling = TELLINGS[name]
    if telling.seen_by == "me" or (telling.about == "memory" and private):
        return ()
    if telling.seen_by == "staff" or (telling.about == "relation" and private):
        return ("staff",)
    return ("staff", "network")


def seen_by(sight: Sight, audiences: Collection[str], *, hidden: bool) -> SeenBy:
    """Say who may see an entry at most; the strictest of the `audiences` it goes by counts."""
    if sight == "me":
        return "me"
    strictest = min(audiences, key=AUDIENCES.index, default="nobody")
    if sight == "staff" or hidden or strictest == "nobody":
        return "staff"
    return "networks" if strictest == "networks" else "members"
