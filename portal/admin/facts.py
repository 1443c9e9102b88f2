"""What administrators do."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class JobRetried(Fact):
    """An administrator gave a job a new set of attempts."""

    actor_id: int | None
    job_id: int


@dataclass(frozen=True)
class MailRenewed(Fact):
    """An administrator let a mail be sent again that was given up, or all of them."""

    actor_id: int | None
    mail_id: int | None
