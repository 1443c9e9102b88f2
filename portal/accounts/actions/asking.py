"""Ask to be let in: a request waits for its mailed code or link."""

from datetime import datetime

from sqlalchemy import update

from portal.accounts.models import SignInRequest
from portal.kernel import jobs, keys
from portal.kernel.db import session
from portal.kernel.mailboxes import fold_address


def ask_to_sign_in(
    address: str,
    language: str,
    at: datetime,
    *,
    name: str | None = None,
    next_path: str | None = None,
) -> SignInRequest:
    """Ask for a mailed code; the same work is done whether or not the address is known."""
    folded = fold_address(address)
    earlier = update(SignInRequest).where(
        SignInRequest.folded == folded, SignInRequest.superseded_at.is_(None)
    )
    session().execute(earlier.values(superseded_at=at))
    asked = SignInRequest(
        public_id=keys.public_id(),
        nonce=keys.token(),
        address=address,
        folded=folded,
        name=name,
        language=language,
        next_path=next_path,
        created_at=at,
    )
    session().add(asked)
    session().flush()
    jobs.enqueue("accounts.mail_code", {"request_id": asked.id})
    return asked


def note_refusal(what: str, address: str, at: datetime) -> None:
    """Have a wrong password or code written into the log of whose address it is, if anybody's.

    The same work is done whether or not the address is known; at most once an hour, so that
    nobody's log can be flooded.
    """
    folded = fold_address(address)
    mark = keys.keyed("refusal", what, folded)[:32]
    jobs.enqueue(
        "accounts.note_refusal",
        {"what": what, "address": folded, "at": at.isoformat()},
        dedupe_key=f"refusal:{mark}:{at:%Y%m%d%H}",
    )
