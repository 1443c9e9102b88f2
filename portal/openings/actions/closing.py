"""Openings close: their time is up, their source took them away, or they are filled."""

from datetime import datetime

from sqlalchemy import select

from portal.kernel.db import session
from portal.kernel.facts import record
from portal.openings.facts import OpeningClosed
from portal.openings.models import Opening, opening_index

MOST_AT_ONCE = 500


def close_opening(opening: Opening, closed_as: str, at: datetime) -> bool:
    """Close an opening and take it out of the search; say whether it was open."""
    if opening.state != "published":
        return False
    opening.state, opening.closed_at, opening.closed_as = "closed", at, closed_as
    session().flush()
    opening_index.remove([opening.position])
    record(OpeningClosed(opening_id=opening.id), at)
    return True


def close_expired(at: datetime) -> int:
    """Close some of those whose deadline has passed; returns how many, at most MOST_AT_ONCE."""
    query = select(Opening).where(Opening.state == "published", Opening.expires_at <= at)
    expired = session().scalars(query.order_by(Opening.expires_at).limit(MOST_AT_ONCE)).all()
    for opening in expired:
        close_opening(opening, "expired", at)
    return len(expired)
