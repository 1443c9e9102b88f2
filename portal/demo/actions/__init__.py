"""Make the demo world in an empty database."""

from portal.demo.actions.world import DEMO_ROLES, is_empty, make_world

__all__ = ["DEMO_ROLES", "is_empty", "make_world"]
