"""A person's own pages."""

from portal.journey.views import choosing, profile, showing
from portal.journey.views.blueprint import journey

__all__ = ["choosing", "journey", "profile", "showing"]
