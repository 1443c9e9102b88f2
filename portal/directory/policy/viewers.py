"""Who might look at somebody: viewers to choose among, each standing where real ones stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from portal.kernel.actors import VISITOR, Actor
from portal.kernel.text import Lazy, _l
from portal.people.models import Person
from portal.people.policy import Reach, reach_of

Kind = Literal["member", "near", "coordinator", "administrator", "visitor"]
STRANGER = 0  # no person's id, and not the one that people.queries.sight takes for nobody


class Network(Protocol):
    """A network by its address and name."""

    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Viewer:
    """Somebody who might look; shares one network with the person, or none."""

    kind: Kind
    network: Network | None = None

    @property
    def key(self) -> str:
        """Return a word for addresses and forms."""
        return f"{self.kind}:{self.network.slug}" if self.network else self.kind

    @property
    def name(self) -> Lazy:
        """Say who it is."""
        words = _NAMES[self.kind]
        return Lazy(words.msgid, network=self.network.name) if self.network else words

    @property
    def networks(self) -> tuple[Network, ...]:
        return (self.network,) if self.network else ()

    def reach(self, person: Person) -> Reach:
        """Return where this viewer stands with regard to `person`."""
        coordinates = self.kind == "coordinator"
        roles = frozenset({"administrator"}) if self.kind == "administrator" else frozenset[str]()
        somebody = Actor(STRANGER, roles=roles, is_coordinator=coordinates)
        actor = VISITOR if self.kind == "visitor" else somebody
        return reach_of(actor, person, near=self.network is not None, coordinates=coordinates)


def viewers(networks: Sequence[Network]) -> list[Viewer]:
    """Return everybody who might look at a member of these networks."""
    near = [Viewer("near", network) for network in networks]
    coordinators = [Viewer("coordinator", network) for network in networks]
    return [
        Viewer("member"),
        *near,
        *coordinators,
        Viewer("administrator"),
        Viewer("visitor"),
    ]


def viewer_called(key: str, networks: Sequence[Network]) -> Viewer:
    """Find a viewer by the word for it; any member when there is no such viewer."""
    offered = viewers(networks)
    return next((viewer for viewer in offered if viewer.key == key), offered[0])


_NAMES: dict[Kind, Lazy] = {
    "member": _l("Somebody who shares no network with you"),
    "near": _l("A member of %(network)s"),
    "coordinator": _l("Who coordinates %(network)s"),
    "administrator": _l("An administrator"),
    "visitor": _l("A visitor who is not signed in"),
}
