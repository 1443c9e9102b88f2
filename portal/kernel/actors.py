"""Who acts or looks: nobody we know, a person by id, or the portal itself."""

from dataclasses import dataclass, field

ADMINISTRATOR = "administrator"  # the name of the role


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who asks; carries only what rules need, so that it costs one small query."""

    person_id: int | None = None
    name: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    is_coordinator: bool = False

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def own_id(self) -> int:
        """Return the id of somebody who is signed in; RuntimeError when nobody is."""
        if self.person_id is None:
            raise RuntimeError("Nobody is signed in.")
        return self.person_id

    @property
    def is_administrator(self) -> bool:
        return ADMINISTRATOR in self.roles


VISITOR = Actor()
PORTAL = Actor(name="Portal", roles=frozenset({ADMINISTRATOR}))
