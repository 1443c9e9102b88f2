"""Notices, what a person wants to be told and when, and the ways out of our mailing lists."""

from portal.notifications.models.choices import Choice, ListLink, MutedNetwork, Rhythm
from portal.notifications.models.notices import Notice, NoticeItem

__all__ = ["Choice", "ListLink", "MutedNetwork", "Notice", "NoticeItem", "Rhythm"]
