"""Codes and links by mail: made of a nonce and our key, used once, within minutes, five tries."""

from datetime import datetime

from sqlalchemy import ColumnElement, update

from portal.accounts.models import Mailed
from portal.accounts.policy import CODE_LIFE, MOST_TRIES, WRONG_CODE, digits_of, may_use_code
from portal.kernel import keys
from portal.kernel.db import changed, session
from portal.kernel.decisions import ALLOW, Decision


def code_of(asked: Mailed) -> str:
    """Return the six digits mailed for a request."""
    return f"{int(keys.keyed('code', *_mark(asked)), 16) % 1_000_000:06}"


def link_secret_of(asked: Mailed) -> str:
    """Return the secret part of the link mailed for a request."""
    return keys.keyed("link", *_mark(asked))[:40]


def use_code(asked: Mailed, typed: str, at: datetime) -> Decision:
    """Use a request up if this is its code; five wrong ones end it."""
    if keys.same(digits_of(typed), code_of(asked)):
        return _use_up(asked, at)
    counted = _changed(asked, at, tries=type(asked).tries + 1)
    return WRONG_CODE if counted else _refused(asked, at)


def use_link(asked: Mailed, secret: str, at: datetime) -> Decision:
    """Use a request up if this is the secret of its link."""
    return _use_up(asked, at) if keys.same(secret, link_secret_of(asked)) else WRONG_CODE


def _mark(asked: Mailed) -> tuple[object, ...]:
    """Return what the code and the link of one request are made of, and those of no other."""
    return type(asked).__name__, asked.id, asked.nonce


def _use_up(asked: Mailed, at: datetime) -> Decision:
    return ALLOW if _changed(asked, at, used_at=at) else _refused(asked, at)


def _changed(asked: Mailed, at: datetime, **values: datetime | ColumnElement[int]) -> bool:
    """Change a request only while it can be used: a rush of guesses gets five tries, not more."""
    kind = type(asked)
    usable = update(kind).where(
        kind.id == asked.id,
        kind.used_at.is_(None),
        kind.superseded_at.is_(None),
        kind.tries < MOST_TRIES,
        kind.created_at > at - CODE_LIFE,
    )
    return changed(usable.values(**values).execution_options(synchronize_session=False)) > 0


def _refused(asked: Mailed, at: datetime) -> Decision:
    session().refresh(asked)
    return may_use_code(asked, at)
