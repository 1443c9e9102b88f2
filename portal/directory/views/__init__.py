"""The list of people, one person's page, and one's own door."""

from portal.directory.views import (
    contact,
    door,
    door_acts,
    door_question,
    door_sections,
    hinting,
    listing,
    previewing,
    showing,
    suggesting,
)
from portal.directory.views.blueprint import directory

__all__ = [
    "contact",
    "directory",
    "door",
    "door_acts",
    "door_question",
    "door_sections",
    "hinting",
    "listing",
    "previewing",
    "showing",
    "suggesting",
]
