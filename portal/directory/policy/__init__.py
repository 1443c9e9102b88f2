"""How people's relations read, and who might look at somebody."""

from portal.directory.policy.relations import Stretch, stretches, years
from portal.directory.policy.viewers import Viewer, viewer_called, viewers

__all__ = ["Stretch", "Viewer", "stretches", "viewer_called", "viewers", "years"]
