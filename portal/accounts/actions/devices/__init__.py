"""Talk to devices that hold passkeys (WebAuthn 3); nothing here touches the database."""

from portal.accounts.actions.devices.answers import (
    Made,
    Shown,
    credential_in,
    read_made,
    read_shown,
)
from portal.accounts.actions.devices.questions import options_to_make, options_to_show

__all__ = [
    "Made",
    "Shown",
    "credential_in",
    "options_to_make",
    "options_to_show",
    "read_made",
    "read_shown",
]
