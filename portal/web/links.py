"""Whole addresses, for mails, calendars and machine-readable markup; where mails can be read."""

from flask import current_app


def absolute(path: str) -> str:
    """Return a path on this portal as an address that works from outside."""
    return f"{current_app.extensions['settings'].base_url}{path}"


def contact() -> str:
    """Return the address where people reach whoever runs the portal."""
    return str(current_app.extensions["settings"].mail_from)


def mail_is_shown() -> bool:
    """Say whether mails are shown at /dev/mail, because they have nowhere to go."""
    settings = current_app.extensions["settings"]
    return not settings.production and not settings.smtp_url
