"""The portal's name and logo, from configuration."""

from dataclasses import dataclass

from flask import current_app


@dataclass(frozen=True)
class Brand:
    """What the header, the mails and the title say."""

    name: str
    logo: str | None


def brand() -> Brand:
    """Return this installation's brand."""
    found: Brand = current_app.extensions["brand"]
    return found
