"""The settings of the portal that is running: the one place that knows where they hang."""

from flask import current_app

from portal.config import Settings


def settings() -> Settings:
    """Return what this installation has set."""
    found: Settings = current_app.extensions["settings"]
    return found
