"""Pages of openings."""

from portal.openings.views import in_network, one, saving  # noqa: F401 - they hang their pages on it
from portal.openings.views.listing import openings

__all__ = ["openings"]
