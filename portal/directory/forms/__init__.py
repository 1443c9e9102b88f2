"""What people fill in to find somebody, and to choose how their own door stands."""

from portal.directory.forms.door import DoorForm
from portal.directory.forms.finding import FilterForm, address
from portal.directory.forms.picking import (
    choice_in,
    door_form,
    pick,
    pick_organisation,
    seen_of,
)

__all__ = [
    "DoorForm",
    "FilterForm",
    "address",
    "choice_in",
    "door_form",
    "pick",
    "pick_organisation",
    "seen_of",
]
