"""What administrators do that takes more than one feature."""

from portal.admin.actions.merging import merge
from portal.admin.actions.renewing import renew_mail, renew_mails
from portal.admin.actions.retrying import retry_job
from portal.admin.actions.suspending import suspend

__all__ = ["merge", "renew_mail", "renew_mails", "retry_job", "suspend"]
