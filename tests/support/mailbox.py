"""The mails that have left, read back from the database."""

from sqlalchemy import select

from portal.kernel import worker
from portal.kernel.db import session
from portal.kernel.mail import Mail


class Mailbox:
    """Drains the worker, then shows every mail sent so far, oldest first."""

    def all(self) -> list[Mail]:
        worker.drain()
        session().rollback()
        return list(session().scalars(select(Mail).order_by(Mail.id)))

    def to(self, address: str) -> list[Mail]:
        return [mail for mail in self.all() if mail.address == address]
