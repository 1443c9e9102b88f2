"""Give a job that failed another go."""

from datetime import datetime

from portal.admin.facts import JobRetried
from portal.admin.policy.jobs import may_retry
from portal.kernel.actors import Actor
from portal.kernel.decisions import require
from portal.kernel.facts import record
from portal.kernel.jobs import Job, try_again


def retry_job(actor: Actor, job: Job | None, at: datetime) -> None:
    """Let a job be tried at once, with a new set of attempts. Raises NotAllowed when it is done."""
    require(may_retry(actor, job, at))
    if job is not None:
        try_again(job.id)
        record(JobRetried(actor.person_id, job.id), at)
