"""Make one of two rows about one person, as the preview showed it."""

from datetime import datetime

from portal.accounts.actions import end_sessions
from portal.admin.queries import who_has_signed_in
from portal.kernel.actors import Actor
from portal.people.actions import merge_people
from portal.people.models import Person


def merge(actor: Actor, kept_id: int, gone_id: int, seen: str, at: datetime) -> Person:
    """Merge two people. NotAllowed when it may not be done, or no longer does what was seen."""
    chose = who_has_signed_in(kept_id, gone_id)
    kept = merge_people(actor, kept_id, gone_id, seen, chose, at)
    if kept.suspended_at is not None:
        end_sessions(Actor(kept.id), at)
    return kept
