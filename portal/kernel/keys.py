"""Secrets derived from the portal's key: what is stored is worth nothing without it."""

import hashlib
import hmac
import secrets

from flask import current_app

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def keyed(purpose: str, *parts: object) -> str:
    """Return a keyed digest (HMAC-SHA256, hex) of `parts`, good for one purpose only."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    message = "\x1f".join([purpose, *map(str, parts)])
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def digest(secret: str) -> str:
    """Return what is stored in place of a random secret (SHA-256, hex)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token() -> str:
    """Make a random secret for a cookie or a link (256 bits)."""
    return secrets.token_urlsafe(32)


def public_id() -> str:
    """Make a random identifier for an address (60 bits, no look-alike letters)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))
