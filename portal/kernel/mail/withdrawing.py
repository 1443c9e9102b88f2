"""Take back chosen mails that have not left yet: what is switched off stops at once."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, or_

from portal.kernel.db import session
from portal.kernel.mail.classes import MailClass
from portal.kernel.mail.models import Mail


def withdraw(person_id: int, at: datetime, list_ids: Collection[str] | None = None) -> None:
    """Delete somebody's waiting mails on these lists, or on all; one that is being sent goes."""
    waiting = delete(Mail).where(
        Mail.person_id == person_id,
        Mail.urgency >= MailClass.NOTICE,
        Mail.sent_at.is_(None),
        Mail.failed_at.is_(None),
        or_(Mail.leased_until.is_(None), Mail.leased_until < at),
    )
    if list_ids is not None:
        waiting = waiting.where(Mail.list_id.in_(list_ids))
    session().flush()
    session().execute(waiting.execution_options(synchronize_session=False))
