"""Whole addresses, for mails, calendars and machine-readable markup; where mails can be read."""

from portal.kernel.settings import settings


def absolute(path: str) -> str:
    """Return a path on this portal as an address that works from outside."""
    return f"{settings().base_url}{path}"


def contact() -> str:
    """Return the address where people reach whoever runs the portal."""
    return settings().mail_from


def mail_is_shown() -> bool:
    """Say whether mails are shown at /dev/mail, because they have nowhere to go."""
    return not settings().production and not settings().smtp_url
