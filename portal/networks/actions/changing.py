"""Fill in the times of a membership: only where nothing stands yet, so that one of two wins."""

from datetime import datetime

from sqlalchemy import ColumnElement, update

from portal.kernel.db import session
from portal.networks.models import Membership
from portal.networks.queries.belonging import is_active, is_waiting


def begin_waiting(membership_id: int, at: datetime, decided_by_id: int | None) -> bool:
    """Let a request that still waits become a membership; say whether it did."""
    return _fill(membership_id, is_waiting(), began_at=at, decided_by_id=decided_by_id)


def end_waiting(membership_id: int, at: datetime, ended_as: str, **more: object) -> bool:
    """End a request that still waits; say whether it did."""
    return _fill(membership_id, is_waiting(), ended_at=at, ended_as=ended_as, **more)


def end_active(membership_id: int, at: datetime, ended_as: str) -> bool:
    """End a membership that is still active; say whether it did."""
    return _fill(membership_id, is_active(), ended_at=at, ended_as=ended_as)


def _fill(membership_id: int, still: ColumnElement[bool], **values: object) -> bool:
    filled = (
        update(Membership)
        .where(Membership.id == membership_id, still)
        .values(values)
        .returning(Membership.id)
        .execution_options(synchronize_session=False)
    )
    return session().scalar(filled) is not None
