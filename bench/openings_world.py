"""The world of the usual chapters: openings by the million, and people, networks, events around."""

from bench.pages import PAGES
from bench.people import SETTINGS
from bench.seeding import seed

__all__ = ["PAGES", "SETTINGS", "seed"]
