"""Show again who sits at a signed-in browser, before something that matters."""

from datetime import datetime

from sqlalchemy import update

from portal.accounts.actions.mailed import use_code
from portal.accounts.actions.sessions import renew
from portal.accounts.facts import ProofGiven
from portal.accounts.models import ProofRequest, UserSession
from portal.kernel import jobs, keys
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.decisions import Decision
from portal.kernel.facts import record


def ask_for_proof(actor: Actor, session_id: int, at: datetime) -> ProofRequest:
    """Ask for a code to the actor's primary address; only the newest one counts."""
    earlier = update(ProofRequest).where(
        ProofRequest.session_id == session_id, ProofRequest.superseded_at.is_(None)
    )
    session().execute(earlier.values(superseded_at=at))
    asked = ProofRequest(
        public_id=keys.public_id(),
        nonce=keys.token(),
        session_id=session_id,
        person_id=actor.own_id,
        created_at=at,
    )
    session().add(asked)
    session().flush()
    jobs.enqueue("accounts.mail_proof", {"request_id": asked.id})
    return asked


def prove_by_code(actor: Actor, asked: ProofRequest, typed: str, at: datetime) -> str | Decision:
    """Prove with the mailed code; returns the browser's new token, or why not."""
    used = use_code(asked, typed, at)
    return prove(actor, asked.session_id, at) if used else used


def prove(actor: Actor, session_id: int, at: datetime) -> str:
    """Note that the one who is signed in has shown who they are; returns the browser's new token.

    For any way of proving it; who is signed in stays the same.
    """
    mine = update(UserSession).where(
        UserSession.id == session_id, UserSession.person_id == actor.own_id
    )
    session().execute(mine.values(proved_at=at))
    record(ProofGiven(actor.own_id, session_id), at)
    return renew(session_id)
