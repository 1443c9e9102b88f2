"""Rules of making another address primary: both mailboxes must agree, in time; and of undoing it."""

from datetime import datetime, timedelta
from typing import Literal

from portal.accounts.models import PrimaryChange
from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.text import _l

# Both mails leave at once; a link that lies about for longer is a risk.
CHANGE_LIFE = timedelta(hours=1)
# The former mailbox is told, and can undo it: long enough to be read after a weekend.
UNDO_LIFE = timedelta(days=3)
# Who undoes it was robbed: what was added so shortly before the change goes, too.
SUSPECT = timedelta(days=1)
LATE_UNDO = _l("That link no longer works.")
Side = Literal["old", "new"]


def may_confirm_change(change: PrimaryChange, at: datetime) -> Decision:
    """Say whether a change of the primary address can still be confirmed."""
    if change.done_at is not None:
        return deny(_l("This is done already: both addresses have been confirmed."))
    if change.superseded_at is not None or at >= change.created_at + CHANGE_LIFE:
        return deny(_l("This link no longer works. The change was taken back, or took too long."))
    return ALLOW


def may_undo_change(change: PrimaryChange, at: datetime) -> Decision:
    """Say whether a change of the primary address can still be undone from the former address."""
    is_undone = change.superseded_at is not None
    if change.done_at is None or is_undone or at >= change.done_at + UNDO_LIFE:
        return deny(LATE_UNDO)
    return ALLOW
