"""Pages of openings."""

from portal.openings.views.listing import openings
from portal.openings.views import one, saving  # noqa: F401, I001 - they hang their pages on it

__all__ = ["openings"]
