"""The list of people, and one person's page."""

from portal.directory.views import contact, hinting, listing, previewing, showing
from portal.directory.views.blueprint import directory

__all__ = ["contact", "directory", "hinting", "listing", "previewing", "showing"]
