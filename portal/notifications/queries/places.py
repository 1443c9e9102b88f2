"""One person's place on a list: what it is, whether it is left, whether that can be undone."""

from dataclasses import dataclass
from typing import Any

from portal.kernel.mail import Reader
from portal.networks.models import Network
from portal.notifications.models import Choice, ListLink, Rhythm
from portal.notifications.policy import Meant, id_of, name_of


@dataclass(frozen=True)
class Place:
    """A link, what it means, and how it stands with it."""

    link: ListLink
    meant: Meant
    # The network it is about, if there still is one.
    network: Network | None
    # Its name, unless the person may no longer know of it.
    network_name: str | None
    choice: Choice | None
    rhythm: Rhythm | None
    reader: Reader | None

    @property
    def is_gone(self) -> bool:
        """Say whether nothing is sent on this list any more, to anybody."""
        nothing = self.meant.gathering is None and self.meant.kind is None
        return nothing or (self.meant.network_id is not None and self.network is None)

    @property
    def is_left(self) -> bool:
        """Say whether the person has left exactly this list."""
        if self.meant.gathering:
            return off_since(self.rhythm, self.meant.gathering) is not None
        return self.is_gone or (self.choice is not None and self.choice.cadence == "never")

    @property
    def may_rejoin(self) -> bool:
        """Say whether it was left through this very link, and nothing was chosen about it since."""
        if self.link.left_at is None or self.is_gone or not self.is_left:
            return False
        if self.meant.gathering:
            return bool(off_since(self.rhythm, self.meant.gathering) == self.link.left_at)
        return self.choice is not None and bool(self.choice.chosen_at == self.link.left_at)

    @property
    def name(self) -> str:
        """Name the list in the language now spoken."""
        return name_of(self.meant, self.network_name)

    @property
    def id(self) -> str:
        """Return its id for mail programs."""
        return id_of(self.link.list, self.network.slug if self.network else None)


def off_since(rhythm: Rhythm | None, gathering: str) -> Any:
    """Return since when a mail that gathers is off; None when it comes."""
    return getattr(rhythm, f"{gathering}_off_at") if rhythm else None
