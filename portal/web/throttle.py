"""How often something may be tried: counted in the database, so that all processes share it."""

import math
from typing import Any

from flask import Flask, abort, request
from limits import parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import BigInteger, String, delete, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import clock
from portal.kernel.db import Model, db, release, session, writing
from portal.kernel.keys import keyed
from portal.kernel.mailboxes import fold_address


class Tally(Model):
    """How many tries one key has made in a window of time; the key is an HMAC, not an address."""

    __tablename__ = "tally"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    tries: Mapped[int]
    expires: Mapped[int] = mapped_column(BigInteger, index=True)


MOST_LEASES = 10_000
PLAIN_FORM = "application/x-www-form-urlencoded"
COUNT = text(
    """INSERT INTO tally (key, tries, expires) VALUES (:key, :amount, :expires)
    ON CONFLICT (key) DO UPDATE SET
      tries = CASE WHEN tally.expires <= :now THEN :amount ELSE tally.tries + :amount END,
      expires = CASE WHEN tally.expires <= :now THEN :expires ELSE tally.expires END
    RETURNING tries"""
)


class DatabaseStorage(Storage):
    """Storage for `limits` in our own database, on a connection of its own."""

    @property
    def base_exceptions(self) -> type[Exception]:
        return Exception

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        now = int(clock.now().timestamp())
        values = {"key": key, "amount": amount, "now": now, "expires": now + math.ceil(expiry)}
        with writing(), db.engine.begin() as connection:
            return int(connection.execute(COUNT, values).scalar_one())

    def get(self, key: str) -> int:
        return int(self._read(key)[0])

    def get_expiry(self, key: str) -> float:
        return float(self._read(key)[1])

    def _read(self, key: str) -> tuple[int, int]:
        now = int(clock.now().timestamp())
        query = text("SELECT tries, expires FROM tally WHERE key = :key AND expires > :now")
        with db.engine.connect() as connection:
            row = connection.execute(query, {"key": key, "now": now}).one_or_none()
        return (row[0], row[1]) if row else (0, now)

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        with db.engine.begin() as connection:
            return int(connection.execute(text("DELETE FROM tally")).rowcount)

    def clear(self, key: str) -> None:
        with db.engine.begin() as connection:
            connection.execute(text("DELETE FROM tally WHERE key = :key"), {"key": key})


_limiter = FixedWindowRateLimiter(DatabaseStorage())


def throttle(app: Flask) -> None:
    """Count tries before anything else is read, so that no transaction is open yet."""

    @app.before_request
    def count_tries() -> None:
        view: Any = app.view_functions.get(request.endpoint or "")
        if request.method != "POST":
            return
        if request.mimetype == PLAIN_FORM:
            # Werkzeug reads such a form whole, so its own limit for text does not apply.
            request.max_content_length = app.config["MAX_FORM_MEMORY_SIZE"]
        for rule, by in getattr(view, "limits", ()):
            _count(rule, by)


def count_try(rule: str, what: str, by: str, cost: int = 1) -> None:
    """Count one more try of `what`, or several; 429 when `by` has had enough of them.

    For a limit by something typed: the form has read it, so that spelling can't get around it.
    """
    release()
    _hit(rule, keyed("throttle", what, by), cost)


leases: dict[str, tuple[int, int]] = {}


def take(rule: str, what: str, by: str, cost: int, lease: int) -> None:
    """Count what somebody is given of something, such as names; 429 when it was enough.

    `lease` is taken from the shared count at a time and spent here, so that most requests write
    nothing. What all processes give together is never more than `rule` allows.
    """
    key, now = keyed("throttle", what, by), int(clock.now().timestamp())
    left, until = leases.get(key, (0, 0))
    if left < cost or until <= now:
        count_try(rule, what, by, cost=lease)
        if len(leases) > MOST_LEASES:
            leases.clear()
        left, until = lease, now + parse(rule).get_expiry()
    leases[key] = left - cost, until


def forget() -> None:
    """Delete the tallies whose time is over."""
    over = int(clock.now().timestamp())
    session().execute(delete(Tally).where(Tally.expires <= over))


def _count(rule: str, by: str | None) -> None:
    named = fold_address(request.form.get(by, "")) if by else ""
    _hit(rule, keyed("throttle", request.endpoint, request.remote_addr, named))


def _hit(rule: str, key: str, cost: int = 1) -> None:
    limit = parse(rule)
    if not _limiter.hit(limit, key[:32], cost=cost):
        stats = _limiter.get_window_stats(limit, key[:32])
        wait = max(1, math.ceil(stats.reset_time - clock.now().timestamp()))
        abort(429, description=str(wait))
