"""A person's own pages."""

from portal.journey.views import (
    answering,
    correcting,
    entries,
    memories,
    sections,
    showing,
)
from portal.journey.views.blueprint import journey

__all__ = [
    "answering",
    "correcting",
    "entries",
    "journey",
    "memories",
    "sections",
    "showing",
]
