"""The one rule of sight: which audiences somebody belongs to with regard to somebody else."""

from dataclasses import dataclass
from typing import Any

from portal.kernel.actors import Actor
from portal.kernel.text import Lazy, _l
from portal.people.models import AUDIENCES, FIELDS

EVERY_AUDIENCE = frozenset(AUDIENCES)
SHOWN_TO: dict[str, Lazy] = {
    "nobody": _l("Nobody"),
    "networks": _l("Members of my networks"),
    "members": _l("Everyone who is signed in"),
}
# The same, said of something of one's own.
SEEN_BY: dict[str, Lazy] = {
    "nobody": _l("Seen by nobody"),
    "networks": _l("Seen by your networks"),
    "members": _l("Seen by all members"),
}


@dataclass(frozen=True)
class Reach:
    """Where somebody stands with regard to a person: all that decides what they see of them.

    `coordinates` says that they coordinate a network the person belongs to, `walled` that they
    stand on the other side of the two-hats wall (people.queries.wall).
    """

    actor: Actor
    audiences: frozenset[str]
    is_self: bool = False
    near: bool = False
    coordinates: bool = False
    walled: bool = False

    @property
    def sees_candidacy(self) -> bool:
        """Say whether they may know that the person looks for work."""
        return self.is_self or (self.actor.is_administrator and not self.walled)


def reached(
    actor: Actor, person_id: int | None, *, near: bool, suspended: bool = False
) -> frozenset[str]:
    """Return the audiences that `actor` belongs to with regard to a person: the one rule of sight.

    `near` says that they share a network. A field whose audience is among them is seen, if the
    name is seen, too. People see all of themselves, administrators all of everybody; of who is
    suspended nobody else sees anything. The same rule in SQL is `people.queries.sight.is_shown`,
    which asks this function.
    """
    if actor.is_administrator or (person_id is not None and actor.person_id == person_id):
        return EVERY_AUDIENCE
    if not actor.is_signed_in or suspended:
        return frozenset()
    return frozenset({"members", "networks"}) if near else frozenset({"members"})


def reach_of(
    actor: Actor, person: Any, *, near: bool, coordinates: bool = False, walled: bool = False
) -> Reach:
    """Return where `actor` stands with regard to `person`, a row with `id` and `suspended_at`."""
    suspended = person.suspended_at is not None
    return Reach(
        actor,
        reached(actor, person.id, near=near, suspended=suspended),
        is_self=actor.person_id == person.id,
        near=near,
        coordinates=coordinates,
        walled=walled,
    )


def is_seen(person: Any, field: str, audiences: frozenset[str]) -> bool:
    """Say whether a field of `person` is seen by these audiences: it never is without the name."""
    return person.name_shown in audiences and getattr(person, f"{field}_shown") in audiences


def audience_of(person: Any, field: str) -> str:
    """Return whom a field of `person` really reaches: never more than the name does."""
    chosen: tuple[str, str] = (person.name_shown, getattr(person, f"{field}_shown"))
    return min(chosen, key=AUDIENCES.index)


def seen_by(person: Any) -> dict[str, Lazy]:
    """Say of each field of one's own who really sees it."""
    return {field: SEEN_BY[audience_of(person, field)] for field in FIELDS}
