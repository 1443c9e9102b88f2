"""Make another address primary, when both mailboxes have agreed."""

from datetime import datetime

from sqlalchemy import update

from portal.accounts.models import PrimaryChange
from portal.accounts.policy import CHANGE_LIFE, Side, may_confirm_change
from portal.kernel import jobs, keys
from portal.kernel.actors import Actor
from portal.kernel.db import changed, session
from portal.kernel.decisions import NotAllowed, require
from portal.people.actions import make_primary
from portal.people.policy import GONE_ADDRESS, may_make_primary
from portal.people.queries import address_by_id, addresses_of


def ask_to_change_primary(actor: Actor, public_id: str, at: datetime) -> PrimaryChange:
    """Mail a link to the old and the new primary address; an earlier change no longer counts."""
    mine = addresses_of(actor.own_id)
    chosen = next((one for one in mine if one.public_id == public_id), None)
    if chosen is None or not mine[0].is_primary:
        raise NotAllowed(GONE_ADDRESS)
    require(may_make_primary(chosen.is_primary))
    withdraw_change(actor, at)
    change = PrimaryChange(
        public_id=keys.public_id(),
        nonce=keys.token(),
        person_id=actor.own_id,
        old_address_id=mine[0].id,
        new_address_id=chosen.id,
        created_at=at,
    )
    session().add(change)
    session().flush()
    jobs.enqueue("accounts.mail_change", {"change_id": change.id})
    return change


def withdraw_change(actor: Actor, at: datetime) -> None:
    """Take back a change that waits for a confirmation, if there is one."""
    waiting = update(PrimaryChange).where(
        PrimaryChange.person_id == actor.person_id,
        PrimaryChange.done_at.is_(None),
        PrimaryChange.superseded_at.is_(None),
    )
    session().execute(waiting.values(superseded_at=at))


def confirmation_secret(change: PrimaryChange, side: Side) -> str:
    """Return the secret part of the link that is mailed to one of the two addresses."""
    return keys.keyed("primary", side, change.id, change.nonce)[:40]


def side_of(change: PrimaryChange, secret: str) -> Side | None:
    """Say which of the two mailboxes a secret was mailed to."""
    sides: tuple[Side, Side] = ("old", "new")
    return next(
        (side for side in sides if keys.same(secret, confirmation_secret(change, side))), None
    )


def confirm_change(change: PrimaryChange, side: Side, at: datetime) -> bool:
    """Confirm from one mailbox; the change is done when both have. Says whether it now is."""
    column = PrimaryChange.old_confirmed_at if side == "old" else PrimaryChange.new_confirmed_at
    waiting = update(PrimaryChange).where(
        PrimaryChange.id == change.id,
        PrimaryChange.done_at.is_(None),
        PrimaryChange.superseded_at.is_(None),
        PrimaryChange.created_at > at - CHANGE_LIFE,
    )
    if not changed(waiting.values({column: at})):
        now = session().get(PrimaryChange, change.id, populate_existing=True)
        if now is None:
            raise NotAllowed(GONE_ADDRESS)
        require(may_confirm_change(now, at))
    # Whoever comes second waits for the first one's row, and so sees both.
    agreed = waiting.where(
        PrimaryChange.old_confirmed_at.is_not(None), PrimaryChange.new_confirmed_at.is_not(None)
    )
    if not changed(agreed.values(done_at=at)):
        return False
    _finish(change, at)
    return True


def _finish(change: PrimaryChange, at: datetime) -> None:
    old = address_by_id(change.old_address_id)
    make_primary(change.person_id, change.new_address_id, at)
    if old is not None:
        told = {"address": old.address, "person_id": change.person_id, "change": change.public_id}
        jobs.enqueue("accounts.tell_former", told)
