"""What administrators do."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class JobRetried(Fact):
    """An administrator gave a job a new set of attempts."""

    actor_id: int | None
    job_id: int
