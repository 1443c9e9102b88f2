"""Undo a change of the primary address, from the mailbox that mails went to before."""

from datetime import datetime

from sqlalchemy import delete, update

from portal.accounts import queries
from portal.accounts.actions.addresses import give_up_address
from portal.accounts.actions.second_step import forget_second_step
from portal.accounts.actions.sessions import end_sessions
from portal.accounts.facts import (
    IdentityUnlinked,
    PasskeyRemoved,
    PasswordRemoved,
    PrimaryChangeUndone,
)
from portal.accounts.models import Account, FirstStep, Identity, Passkey, PrimaryChange
from portal.accounts.policy import LATE_UNDO, SUSPECT, UNDO_LIFE
from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.db import changed, session
from portal.kernel.decisions import NotAllowed
from portal.kernel.facts import record
from portal.people.actions import make_primary
from portal.people.queries import addresses_of


def undo_secret(change: PrimaryChange) -> str:
    """Return the secret part of the link that is mailed to the former primary address."""
    return keys.keyed("primary", "undo", change.id, change.nonce)[:40]


def undo_change(change: PrimaryChange, at: datetime) -> None:
    """Make the former address primary again and shut out whoever changed it. NotAllowed when late.

    The one who holds the link reads the former mailbox; nobody is signed in by it.
    """
    undoable = update(PrimaryChange).where(
        PrimaryChange.id == change.id,
        PrimaryChange.superseded_at.is_(None),
        PrimaryChange.done_at > at - UNDO_LIFE,
    )
    if not changed(undoable.values(superseded_at=at)):
        # Late, or undone at another window just now: then the row may be gone.
        raise NotAllowed(LATE_UNDO)
    owner, former, since = Actor(change.person_id), change.old_address_id, change.created_at
    make_primary(change.person_id, former, at)
    end_sessions(owner, at)
    _take_back_ways(change.person_id, since - SUSPECT, at)
    record(PrimaryChangeUndone(change.person_id, former), at)
    for one in addresses_of(change.person_id):
        if one.id != former and one.verified_at and one.verified_at >= since - SUSPECT:
            give_up_address(owner, one.public_id, at)


def _take_back_ways(person_id: int, since: datetime, at: datetime) -> None:
    """Take the password away, and every way in that was added since; mailed codes are left."""
    session().execute(delete(FirstStep).where(FirstStep.person_id == person_id))
    account = update(Account).where(
        Account.person_id == person_id, Account.password_hash.is_not(None)
    )
    if changed(account.values(password_hash=None)):
        record(PasswordRemoved(person_id), at, quietly=True)
    passkeys = delete(Passkey).where(Passkey.person_id == person_id, Passkey.added_at >= since)
    for number in session().scalars(passkeys.returning(Passkey.id)):
        record(PasskeyRemoved(person_id, number), at, quietly=True)
    linked = delete(Identity).where(Identity.person_id == person_id, Identity.linked_at >= since)
    for number in session().scalars(linked.returning(Identity.id)):
        record(IdentityUnlinked(person_id, number), at, quietly=True)
    step = queries.second_step_of(person_id)
    if step is not None and step.begun_at >= since:
        forget_second_step(person_id, at)
