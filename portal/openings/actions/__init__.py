"""Openings come in, are closed and saved."""

from portal.openings.actions.closing import close_expired, close_opening
from portal.openings.actions.publishing import index_openings, publish_opening, write_search_anew
from portal.openings.actions.saving import let_go, save_opening
from portal.openings.actions.taking_in import Tally, take_in

__all__ = [
    "Tally",
    "close_expired",
    "close_opening",
    "index_openings",
    "let_go",
    "publish_opening",
    "save_opening",
    "take_in",
    "write_search_anew",
]
