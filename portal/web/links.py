"""Whole addresses, for mails, calendars and machine-readable markup."""

from flask import current_app


def absolute(path: str) -> str:
    """Return a path on this portal as an address that works from outside."""
    return f"{current_app.extensions['settings'].base_url}{path}"
