"""People add to their journey, hide of it, and have it put right."""

from portal.journey.actions.corrections import answer_correction, ask_for_correction
from portal.journey.actions.hiding import hide_entry, show_entry
from portal.journey.actions.memories import add_memory, change_memory, remove_memory

__all__ = [
    "add_memory",
    "answer_correction",
    "ask_for_correction",
    "change_memory",
    "hide_entry",
    "remove_memory",
    "show_entry",
]
