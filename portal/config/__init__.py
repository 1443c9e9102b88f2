"""Settings from the environment, checked at start: every wrong key is named at once."""

from portal.config.colours import contrast, lightened
from portal.config.reading import WrongSettings, read
from portal.config.settings import KNOWN, Provider, Settings, folder

__all__ = [
    "KNOWN",
    "Provider",
    "Settings",
    "WrongSettings",
    "contrast",
    "folder",
    "lightened",
    "read",
]
