"""Addresses that machines ask for: robots, security contact, health."""

from datetime import timedelta

from flask import Blueprint, Response
from sqlalchemy.exc import SQLAlchemyError

from portal.kernel import clock
from portal.kernel.migrations import at_head
from portal.web.links import absolute, contact

machine = Blueprint("machine", __name__)
A_DAY = "public, max-age=86400"
PRIVATE_PLACES = (
    "/account",
    "/admin",
    "/demo",
    "/dev",
    "/journey",
    "/mail/",
    "/notices",
    "/people",
    "/sign-",
    "/today",
)
LIFE = timedelta(days=180)  # RFC 9116, 2.5.5 advises less than a year


@machine.get("/robots.txt")
def robots() -> Response:
    """Tell crawlers what is not for them (RFC 9309)."""
    lines = ["User-agent: *", *(f"Disallow: {place}" for place in PRIVATE_PLACES)]
    return _text(lines, A_DAY)


@machine.get("/.well-known/security.txt")
def security() -> Response:
    """Tell whom to write to about a weakness (RFC 9116)."""
    expires = (clock.now() + LIFE).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{contact()}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: sv, en",
        f"Canonical: {absolute('/.well-known/security.txt')}",
    ]
    return _text(lines, A_DAY)


@machine.get("/.well-known/change-password")
def change_password() -> Response:
    """Lead password managers to where the password is changed."""
    return Response(status=302, headers={"Location": "/account"})


@machine.get("/healthz")
def alive() -> Response:
    """Say that the process answers."""
    return _text(["ok"])


@machine.get("/readyz")
def ready() -> Response:
    """Say whether the database can be reached and has this code's schema."""
    try:
        fit = at_head()
    except SQLAlchemyError:
        return _text(["no database"], status=503)
    return _text(["ok"]) if fit else _text(["migrate first"], status=503)


def _text(lines: list[str], cache: str = "no-store", status: int = 200) -> Response:
    answer = Response("\n".join(lines) + "\n", status, mimetype="text/plain")
    answer.headers["Cache-Control"] = cache
    return answer
