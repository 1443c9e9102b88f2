"""What people are told when something happens: in the portal, at once by mail, in a digest."""

from portal.notifications import models
from portal.notifications.jobs.answers import mail_approval, mail_refusal

__all__ = ["mail_approval", "mail_refusal", "models"]
