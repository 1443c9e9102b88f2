"""Send mails again that were given up."""

from datetime import datetime

from portal.admin.facts import MailRenewed
from portal.admin.policy.mail import may_renew, may_renew_all
from portal.kernel.actors import Actor
from portal.kernel.decisions import require
from portal.kernel.facts import record
from portal.kernel.mail import Mail, Trouble, queue


def renew_mail(actor: Actor, mail: Mail | None, at: datetime) -> None:
    """Let a mail that was given up be sent again. Raises NotAllowed when it is on its way."""
    require(may_renew(actor, mail))
    if mail is not None:
        queue.renew(at, Mail.id == mail.id)
        record(MailRenewed(actor.person_id, mail.id), at)


def renew_mails(actor: Actor, at: datetime) -> int:
    """Let all be sent again that may arrive and has not; return how many. Raises NotAllowed.

    What may be there already, or has nobody to read it, is sent again one by one.
    """
    require(may_renew_all(actor))
    never = (Mail.error.not_like(f"{trouble}%") for trouble in (Trouble.NOBODY, Trouble.UNCLEAR))
    renewed = queue.renew(at, Mail.text != "", *never)
    if renewed:
        record(MailRenewed(actor.person_id, None), at)
    return renewed
