"""The one rule of sight: which audiences somebody belongs to with regard to somebody else."""

from typing import Protocol

from portal.kernel.actors import Actor
from portal.kernel.text import Lazy, _l
from portal.people.models import AUDIENCES

EVERY_AUDIENCE = frozenset(AUDIENCES)
SHOWN_TO: dict[str, Lazy] = {
    "nobody": _l("Nobody"),
    "networks": _l("Members of my networks"),
    "members": _l("Everyone who is signed in"),
}


class Named(Protocol):
    """Anything with a person's id and their choice of who sees the name."""

    @property
    def person_id(self) -> int: ...
    @property
    def name_shown(self) -> str: ...


def reached(actor: Actor, person_id: int | None, *, near: bool) -> frozenset[str]:
    """Return the audiences that `actor` belongs to with regard to a person: the one rule of sight.

    `near` says that they share a network. A field whose audience is among them is seen, if the
    name is seen, too. People see all of themselves, administrators all of everybody. The same rule
    in SQL is `people.queries.sight.is_shown`, which asks this function.
    """
    if actor.is_administrator or (person_id is not None and actor.person_id == person_id):
        return EVERY_AUDIENCE
    if not actor.is_signed_in:
        return frozenset()
    return frozenset({"members", "networks"}) if near else frozenset({"members"})


def may_see_name(actor: Actor, person: Named, *, share_network: bool) -> bool:
    """Say whether `actor` sees who this is."""
    return person.name_shown in reached(actor, person.person_id, near=share_network)
