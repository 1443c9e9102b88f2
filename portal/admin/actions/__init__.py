"""What administrators do that takes more than one feature."""

from portal.admin.actions.merging import merge
from portal.admin.actions.retrying import retry_job
from portal.admin.actions.suspending import suspend

__all__ = ["merge", "retry_job", "suspend"]
