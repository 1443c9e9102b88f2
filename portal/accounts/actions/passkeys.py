"""Add, name and remove passkeys; let in who shows one."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from portal.accounts import queries
from portal.accounts.actions.devices import Made, Shown
from portal.accounts.actions.entering import Entrance, enter_as
from portal.accounts.actions.proving import prove
from portal.accounts.actions.ways import require_another_way
from portal.accounts.facts import PasskeyAdded, PasskeyRefused, PasskeyRemoved, PasskeyRenamed
from portal.accounts.models import Passkey, PasskeyChallenge, PasskeyHandle
from portal.accounts.policy import (
    CHALLENGE_LIFE,
    LATE_PASSKEY,
    WRONG_PASSKEY,
    Purpose,
    Way,
    may_add_passkey,
    may_be_original,
)
from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.decisions import Decision, deny
from portal.kernel.facts import record
from portal.kernel.text import _l
from portal.people.models import Person

KNOWN_PASSKEY = deny(_l("That passkey is among yours already."))


def ask_device(
    purpose: Purpose, browser_secret: str, at: datetime, person_id: int | None = None
) -> str:
    """Ask a browser to sign something, once: return what."""
    challenge = keys.token()
    asked = PasskeyChallenge(
        digest=keys.digest(challenge),
        browser_digest=keys.digest(browser_secret),
        purpose=purpose,
        person_id=person_id,
        created_at=at,
    )
    session().add(asked)
    session().flush()
    return challenge


def name_for_devices(actor: Actor) -> str:
    """Return what devices call the actor; made at random, once."""
    assert actor.person_id is not None
    if handle := queries.handle_of(actor.person_id):
        return handle
    handle = keys.token()
    session().add(PasskeyHandle(handle=handle, person_id=actor.person_id))
    session().flush()
    return handle


def add_passkey(
    actor: Actor, made: Made, name: str, browser_secret: str, at: datetime
) -> Passkey | Decision:
    """Keep a passkey that a device has made for the actor."""
    assert actor.person_id is not None
    if not _answered(made.challenge, "add", browser_secret, at, actor.person_id):
        return LATE_PASSKEY
    may = may_add_passkey(len(queries.passkeys_of(actor.person_id)))
    if not may:
        return may
    added = Passkey(
        public_id=keys.public_id(),
        person_id=actor.person_id,
        name=name,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        transports=made.transports,
        added_at=at,
    )
    try:
        with session().begin_nested():
            session().add(added)
    except IntegrityError:
        return KNOWN_PASSKEY
    record(PasskeyAdded(actor.person_id, added.id), at)
    return added


def rename_passkey(passkey: Passkey, name: str, at: datetime) -> None:
    """Give a passkey another name."""
    if name != passkey.name:
        renamed = update(Passkey).where(Passkey.id == passkey.id)
        session().execute(renamed.values(name=name))
        record(PasskeyRenamed(passkey.person_id, passkey.id), at)


def remove_passkey(passkey: Passkey, issuers: Collection[str], at: datetime) -> bool:
    """Forget a passkey, unless it is its person's last way in; say whether it was still there.

    `issuers` are those whose sign-in is taken now.
    """
    require_another_way(Way("passkey", passkey.id), passkey.person_id, issuers)
    gone = session().execute(delete(Passkey).where(Passkey.id == passkey.id))
    if not gone.rowcount:  # type: ignore[attr-defined]
        return False
    record(PasskeyRemoved(passkey.person_id, passkey.id), at)
    return True


def enter_by_passkey(
    shown: Shown, browser_secret: str, browser: str, at: datetime
) -> Entrance | Decision:
    """Sign in with a passkey that has been verified; it is two factors by itself."""
    used = use_passkey(shown, "sign-in", browser_secret, at)
    if isinstance(used, Decision):
        return used
    return enter_as(session().get_one(Person, used.person_id), browser, at, way="passkey")


def prove_by_passkey(
    actor: Actor, shown: Shown, browser_secret: str, session_id: int, at: datetime
) -> str | Decision:
    """Prove with one of the actor's own passkeys; returns the browser's new token, or why not."""
    used = use_passkey(shown, "proof", browser_secret, at, actor.person_id)
    return used if isinstance(used, Decision) else prove(actor, session_id, at)


def use_passkey(
    shown: Shown, purpose: Purpose, browser_secret: str, at: datetime, person_id: int | None = None
) -> Passkey | Decision:
    """Take a passkey that has been verified, once, at the browser that was asked for it."""
    if not _answered(shown.challenge, purpose, browser_secret, at, person_id):
        return LATE_PASSKEY
    passkey = queries.passkey_by_credential(shown.credential_id)
    if passkey is None or not _is_holders(passkey, shown, person_id):
        return WRONG_PASSKEY
    original = may_be_original(passkey.sign_count, shown.sign_count)
    counted = update(Passkey).where(
        Passkey.id == passkey.id, Passkey.sign_count == passkey.sign_count
    )
    values = {"sign_count": shown.sign_count, "used_at": at}
    if original and session().execute(counted.values(values)).rowcount:  # type: ignore[attr-defined]
        return passkey
    record(PasskeyRefused(passkey.person_id, passkey.id), at)
    return original if not original else WRONG_PASSKEY


def _is_holders(passkey: Passkey, shown: Shown, person_id: int | None) -> bool:
    """Say whether it is the passkey of whom the device says, and of who is asked for."""
    if person_id is not None:
        return passkey.person_id == person_id
    return queries.holder_of(shown.handle) == passkey.person_id


def _answered(
    challenge: str, purpose: Purpose, browser_secret: str, at: datetime, person_id: int | None
) -> bool:
    """Use a challenge up: the same browser, for the same purpose, in time, once."""
    asked = delete(PasskeyChallenge).where(
        PasskeyChallenge.digest == keys.digest(challenge),
        PasskeyChallenge.browser_digest == keys.digest(browser_secret),
        PasskeyChallenge.purpose == purpose,
        PasskeyChallenge.created_at > at - CHALLENGE_LIFE,
        PasskeyChallenge.person_id == person_id
        if person_id is not None
        else PasskeyChallenge.person_id.is_(None),
    )
    return bool(session().execute(asked).rowcount)  # type: ignore[attr-defined]
