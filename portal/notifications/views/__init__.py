"""Pages of notices, of choices, and of the way out of a list."""

from portal.notifications.views.blueprint import notifications

__all__ = ["notifications"]
