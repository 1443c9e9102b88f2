"""What happens to roles and suspensions, and when two rows about one person become one."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class RoleGiven(Fact):
    """A person got a duty in the whole installation."""

    person_id: int
    role_id: int
    by_id: int | None


@dataclass(frozen=True)
class RoleTaken(Fact):
    """A person's duty in the whole installation ended."""

    person_id: int
    role_id: int
    by_id: int | None


@dataclass(frozen=True)
class PersonSuspended(Fact):
    """A person is kept out until further notice."""

    person_id: int
    suspension_id: int
    by_id: int | None


@dataclass(frozen=True)
class SuspensionLifted(Fact):
    """A person who was kept out is welcome again."""

    person_id: int
    suspension_id: int
    by_id: int | None


@dataclass(frozen=True)
class PersonsMerged(Fact):
    """Two rows about one person became one."""

    person_id: int
    by_id: int | None
