"""Let in who has signed in at another organisation; link and unlink such sign-ins."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from portal.accounts import queries
from portal.accounts.actions.entering import Entrance, enter, receive_candidate
from portal.accounts.actions.ways import require_another_way
from portal.accounts.facts import IdentityLinked, IdentityUnlinked
from portal.accounts.models import FirstStep, Identity, SpentState
from portal.accounts.policy import LINKED_ELSEWHERE, Arrival, Claims, Way, arrival
from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.db import changed, session
from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.facts import record
from portal.kernel.text import _l
from portal.people.models import Person
from portal.people.queries import person_by_address

SPENT = deny(_l("That answer has been used already. Sign in from the start."))


def enter_from(
    claims: Claims,
    state: str,
    host: str,
    browser: str,
    language: str,
    at: datetime,
    next_path: str | None = None,
) -> Entrance | FirstStep | Decision | Arrival:
    """Let in who has signed in at an organisation; answers "unproved" when nobody can say who it is."""
    if not _spend(state, at):
        return SPENT
    identity = queries.identity_by(claims.issuer, claims.subject)
    owner = person_by_address(claims.address) if claims.is_verified and claims.address else None
    who = arrival(claims, is_linked=identity is not None, address_is_known=owner is not None)
    if who == "unproved":
        return who
    if identity:
        used = update(Identity).where(Identity.id == identity.id)
        session().execute(used.values(used_at=at, label=claims.label))
        owner = session().get_one(Person, identity.person_id)
    elif owner is None:
        owner = receive_candidate(claims.name, claims.address or "", host, at)
    if identity is None:
        _link(owner.id, claims, at)
    way = "organisation"
    return enter(owner, browser, at, way=way, language=language, next_path=next_path)


def link_identity(actor: Actor, claims: Claims, at: datetime) -> Decision:
    """Let the actor sign in with another organisation's sign-in, too."""
    identity = queries.identity_by(claims.issuer, claims.subject)
    if identity:
        return ALLOW if identity.person_id == actor.own_id else LINKED_ELSEWHERE
    try:
        with session().begin_nested():
            _link(actor.own_id, claims, at)
    except IntegrityError:
        return LINKED_ELSEWHERE
    return ALLOW


def unlink_identity(
    actor: Actor, identity: Identity, issuers: Collection[str], at: datetime
) -> bool:
    """Forget a sign-in of the actor's from elsewhere, unless it is their last way in.

    Says whether it was there.

    `issuers` are those whose sign-in is taken now.
    """
    require_another_way(Way("identity", identity.id), actor.own_id, issuers)
    mine = delete(Identity).where(Identity.id == identity.id, Identity.person_id == actor.own_id)
    if not changed(mine):
        return False
    record(IdentityUnlinked(actor.own_id, identity.id), at)
    return True


def _link(person_id: int, claims: Claims, at: datetime) -> None:
    identity = Identity(
        public_id=keys.public_id(),
        person_id=person_id,
        issuer=claims.issuer,
        subject=claims.subject,
        label=claims.label,
        linked_at=at,
    )
    session().add(identity)
    session().flush()
    record(IdentityLinked(person_id, identity.id), at)


def _spend(state: str, at: datetime) -> bool:
    """Use an answer up: a copy of the browser's cookie can't send it again."""
    try:
        with session().begin_nested():
            session().add(SpentState(digest=keys.digest(state), spent_at=at))
    except IntegrityError:
        return False
    return True
