"""Notices, what a person wants to be told and when, and the ways out of our mailing lists."""

from portal.notifications.models.choices import (
    USUAL_HOUR,
    Cadence,
    Choice,
    ListLink,
    MutedNetwork,
    Rhythm,
)
from portal.notifications.models.notices import Notice, NoticeItem

__all__ = [
    "USUAL_HOUR",
    "Cadence",
    "Choice",
    "ListLink",
    "MutedNetwork",
    "Notice",
    "NoticeItem",
    "Rhythm",
]
