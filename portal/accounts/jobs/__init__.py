"""Mails about accounts, and the clearing of what is no longer needed."""

from portal.accounts.jobs.signing_in import (
    KEPT,
    clear,
    mail_code,
    mail_password_changed,
)

__all__ = [
    "KEPT",
    "clear",
    "mail_code",
    "mail_password_changed",
]
