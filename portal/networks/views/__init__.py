"""Pages of networks."""

from portal.networks.views import deciding, joining, leaving, listing, showing  # noqa: F401
from portal.networks.views.blueprint import networks

__all__ = ["networks"]
