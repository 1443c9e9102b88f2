"""Telling: a kind of fact in words, for the person, for our staff and for their networks."""

from dataclasses import dataclass
from typing import Literal

from portal.kernel.text import Lazy, _l

Thing = Literal["network", "event", "opening", "relation", "memory", "correction"]
Group = Literal["relations", "networks", "events", "openings", "account", "memories"]
Sight = Literal["me", "staff", "network"]

GROUP_NAMES: dict[Group, Lazy] = {
    "relations": _l("Relations"),
    "networks": _l("Networks"),
    "events": _l("Events"),
    "openings": _l("Openings"),
    "account": _l("Profile and account"),
    "memories": _l("Memories"),
}


@dataclass(frozen=True)
class Telling:
    """A kind of fact in words; `%(name)s` is the thing it is about, as it is called now.

    Without words for staff it is for the person only, without words for the network it stays
    between the person and us: private unless somebody has written the words. What `told_with`
    names is told by that fact's own line, and has none.
    """

    mine: Lazy
    about: Thing | None = None
    staff: Lazy | None = None
    network: Lazy | None = None
    group: Group = "account"
    told_with: str | None = None

    @property
    def seen_by(self) -> Sight:
        if self.staff is None:
            return "me"
        return "staff" if self.network is None else "network"

    def words(self, sight: Sight) -> Lazy:
        """Return the words for a reader; KeyError when this is not theirs to read."""
        told = {"me": self.mine, "staff": self.staff, "network": self.network}[sight]
        if told is None:
            raise KeyError(sight)
        return told


@dataclass(frozen=True)
class Words:
    """How the beginning of a relation of one kind is told."""

    mine: Lazy
    others: Lazy
