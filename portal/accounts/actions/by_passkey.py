"""Let in, or let go on, who shows a passkey that has been verified."""

from datetime import datetime

from sqlalchemy import update

from portal.accounts import queries
from portal.accounts.actions.challenges import use_challenge
from portal.accounts.actions.devices import Shown
from portal.accounts.actions.entering import Entrance, enter_as
from portal.accounts.actions.proving import prove
from portal.accounts.facts import PasskeyRefused
from portal.accounts.models import Passkey
from portal.accounts.policy import LATE_PASSKEY, WRONG_PASSKEY, Purpose, may_be_original
from portal.kernel.actors import Actor
from portal.kernel.db import changed, session
from portal.kernel.decisions import Decision
from portal.kernel.facts import record
from portal.people.models import Person


def enter_by_passkey(
    shown: Shown, browser_secret: str, browser: str, at: datetime, next_path: str | None = None
) -> Entrance | Decision:
    """Sign in with a passkey; it is two factors by itself, so no second step is asked for."""
    used = _use(shown, "sign-in", browser_secret, at)
    if isinstance(used, Decision):
        return used
    person = session().get_one(Person, used.person_id)
    return enter_as(person, browser, at, way="passkey", next_path=next_path)


def prove_by_passkey(
    actor: Actor, shown: Shown, browser_secret: str, session_id: int, at: datetime
) -> str | Decision:
    """Prove with one of the actor's own passkeys; returns the browser's new token, or why not."""
    used = _use(shown, "proof", browser_secret, at, actor.person_id)
    return used if isinstance(used, Decision) else prove(actor, session_id, at)


def _use(
    shown: Shown, purpose: Purpose, browser_secret: str, at: datetime, person_id: int | None = None
) -> Passkey | Decision:
    """Take a passkey, once, at the browser that was asked for it; a copy is refused and noted."""
    if not use_challenge(shown.challenge, purpose, browser_secret, at, person_id):
        return LATE_PASSKEY
    passkey = queries.passkey_by_credential(shown.credential_id)
    if passkey is None or not _is_the_one(passkey, shown, person_id):
        return WRONG_PASSKEY
    original = may_be_original(passkey.sign_count, shown.sign_count)
    if original and _counted_on(passkey, shown, at):
        return passkey
    record(PasskeyRefused(passkey.person_id, passkey.id), at)
    return original if not original else WRONG_PASSKEY


def _is_the_one(passkey: Passkey, shown: Shown, person_id: int | None) -> bool:
    """Say whether it is the passkey of whom the device says, or of who is asked for, and of its kind.

    Whether a passkey may be synced is settled when it is made (WebAuthn 3, 6.1.3).
    """
    holder = queries.holder_of(shown.user_key) if person_id is None else person_id
    return passkey.person_id == holder and passkey.may_sync == shown.may_sync


def _counted_on(passkey: Passkey, shown: Shown, at: datetime) -> bool:
    """Note the use of a passkey, unless another one at the same moment was quicker."""
    same = Passkey.id == passkey.id, Passkey.sign_count == passkey.sign_count
    used = {"sign_count": shown.sign_count, "is_synced": shown.is_synced, "used_at": at}
    return changed(update(Passkey).where(*same).values(used)) > 0
