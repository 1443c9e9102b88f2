"""What browsers are asked to have signed by a device: each challenge is used once."""

from datetime import datetime

from sqlalchemy import delete

from portal.accounts.models import PasskeyChallenge
from portal.accounts.policy import CHALLENGE_LIFE, Purpose
from portal.kernel import keys
from portal.kernel.db import changed, session


def ask_device(
    purpose: Purpose, browser_secret: str, at: datetime, person_id: int | None = None
) -> str:
    """Ask a browser to have something signed, once: return what."""
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


def use_challenge(
    challenge: str, purpose: Purpose, browser_secret: str, at: datetime, person_id: int | None
) -> bool:
    """Use a challenge up, if it is this browser's, for this purpose and person, and in time."""
    whose = PasskeyChallenge.person_id
    asked = delete(PasskeyChallenge).where(
        PasskeyChallenge.digest == keys.digest(challenge),
        PasskeyChallenge.browser_digest == keys.digest(browser_secret),
        PasskeyChallenge.purpose == purpose,
        PasskeyChallenge.created_at > at - CHALLENGE_LIFE,
        whose.is_(None) if person_id is None else whose == person_id,
    )
    return changed(asked) > 0
