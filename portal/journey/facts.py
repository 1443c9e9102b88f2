"""What people do with their own journey."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class MemoryAdded(Fact):
    """A person wrote down a memory; it happened when the memory was."""

    person_id: int
    memory_id: int


@dataclass(frozen=True)
class CorrectionAsked(Fact):
    """A person asked for something about them to be corrected (GDPR art. 16)."""

    person_id: int
    correction_id: int


@dataclass(frozen=True)
class CorrectionAnswered(Fact):
    """An administrator answered a request for a correction."""

    person_id: int
    actor_id: int | None
    correction_id: int
