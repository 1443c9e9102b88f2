"""The list of people, and one person's page."""

from portal.directory.views import listing, showing
from portal.directory.views.blueprint import directory

__all__ = ["directory", "listing", "showing"]
