"""Find what people have chosen, what they are told, and what of it they may still see."""

from portal.notifications.queries.choices import Wishes, wishes_of

__all__ = ["Wishes", "wishes_of"]
