"""The lists that mails of notices belong to: how they are written, and what they are called.

"now", "daily" and "weekly" are the mails themselves, whatever is in them; "requests" is one kind in
all networks, "requests@7" in one.
"""

import re
from dataclasses import dataclass
from typing import Literal

from portal.kernel.text import Lazy, _, _l
from portal.notifications.policy.kinds import KINDS, Kind

Gathering = Literal["now", "daily", "weekly"]
GATHERINGS: dict[Gathering, Lazy] = {
    "now": _l("Mails at once"),
    "daily": _l("The daily digest"),
    "weekly": _l("The weekly digest"),
}
WRITTEN = re.compile(r"([a-z_]+)(?:@([0-9]{1,9}))?")


@dataclass(frozen=True)
class Meant:
    """What a list's name means: a mail that gathers, or a kind; neither when we no longer know it."""

    gathering: Gathering | None = None
    kind: Kind | None = None
    network_id: int | None = None


def read_list(written: str) -> Meant:
    """Read a list's name."""
    found = WRITTEN.fullmatch(written)
    if found is None:
        return Meant()
    word, network_id = found[1], int(found[2]) if found[2] else None
    gathering = next((one for one in GATHERINGS if one == written), None)
    if gathering:
        return Meant(gathering=gathering)
    kind = KINDS.get(word)
    return Meant(kind=kind, network_id=network_id) if kind and kind.cadence else Meant()


def write_list(kind: str, network_id: int | None) -> str:
    """Write the name of the list of a kind, in one network or outside of all."""
    return f"{kind}@{network_id}" if network_id else kind


def id_of(written: str, slug: str | None) -> str:
    """Return a list's id for mail programs (RFC 2919): a network by its address, not its number."""
    word = written.partition("@")[0]
    return f"{word}.{slug}" if slug else word


def name_of(meant: Meant, network: str | None) -> str:
    """Name a list in the language now spoken; `network` is the network's name, if it may be said."""
    if meant.gathering:
        return str(GATHERINGS[meant.gathering])
    if meant.kind is None:
        return _("Mails of a kind that we no longer send")
    if network:
        return _("%(kind)s in %(network)s", kind=meant.kind.name, network=network)
    return str(meant.kind.name)
