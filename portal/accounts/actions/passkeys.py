"""Add, name and remove one's passkeys."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from portal.accounts import queries
from portal.accounts.actions.challenges import use_challenge
from portal.accounts.actions.devices import Made
from portal.accounts.actions.ways import require_another_way
from portal.accounts.facts import PasskeyAdded, PasskeyRemoved, PasskeyRenamed
from portal.accounts.models import Passkey, PasskeyUser
from portal.accounts.policy import KNOWN_PASSKEY, LATE_PASSKEY, Way, may_add_passkey
from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.db import changed, session
from portal.kernel.decisions import Decision
from portal.kernel.facts import record


def user_key_for(actor: Actor) -> str:
    """Return what devices call the actor; made at random, once."""
    if known := queries.user_key_of(actor.own_id):
        return known
    made = keys.token()
    session().add(PasskeyUser(user_key=made, person_id=actor.own_id))
    session().flush()
    return made


def add_passkey(
    actor: Actor, made: Made, name: str, browser_secret: str, at: datetime
) -> Passkey | Decision:
    """Keep a passkey that a device has made for the actor."""
    if not use_challenge(made.challenge, "add", browser_secret, at, actor.own_id):
        return LATE_PASSKEY
    may = may_add_passkey(len(queries.passkeys_of(actor.own_id)))
    if not may:
        return may
    added = Passkey(
        public_id=keys.public_id(),
        person_id=actor.own_id,
        name=name,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        transports=made.transports,
        may_sync=made.may_sync,
        is_synced=made.is_synced,
        added_at=at,
    )
    try:
        with session().begin_nested():
            session().add(added)
    except IntegrityError:
        return KNOWN_PASSKEY
    record(PasskeyAdded(actor.own_id, added.id), at)
    return added


def rename_passkey(actor: Actor, passkey: Passkey, name: str, at: datetime) -> bool:
    """Give one of the actor's passkeys another name; say whether it was there and called otherwise."""
    mine = update(Passkey).where(Passkey.id == passkey.id, Passkey.person_id == actor.own_id)
    if not changed(mine.where(Passkey.name != name).values(name=name)):
        return False
    record(PasskeyRenamed(actor.own_id, passkey.id), at)
    return True


def remove_passkey(actor: Actor, passkey: Passkey, issuers: Collection[str], at: datetime) -> bool:
    """Forget one of the actor's passkeys, unless it is their last way in; say whether it was there.

    `issuers` are those whose sign-in is taken now.
    """
    require_another_way(Way("passkey", passkey.id), actor.own_id, issuers)
    mine = delete(Passkey).where(Passkey.id == passkey.id, Passkey.person_id == actor.own_id)
    if not changed(mine):
        return False
    record(PasskeyRemoved(actor.own_id, passkey.id), at)
    return True
