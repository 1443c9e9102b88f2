"""Take back chosen mails that have not left yet: what is switched off stops at once."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete

from portal.kernel.db import session
from portal.kernel.mail.classes import MailClass
from portal.kernel.mail.models import Mail
from portal.kernel.mail.queue import is_free, is_waiting


def withdraw(person_id: int, at: datetime, list_ids: Collection[str] | None = None) -> None:
    """Delete somebody's waiting mails on these lists, or on all; one that is being sent goes."""
    waiting = delete(Mail).where(
        Mail.person_id == person_id,
        Mail.urgency >= MailClass.NOTICE,
        is_waiting(),
        is_free(at),
    )
    if list_ids is not None:
        waiting = waiting.where(Mail.list_id.in_(list_ids))
    session().flush()
    session().execute(waiting.execution_options(synchronize_session=False))
