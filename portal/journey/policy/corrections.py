"""Rules about corrections (GDPR art. 16): asked by the person, answered once by an administrator."""

from datetime import datetime
from typing import Protocol

from portal.kernel.actors import Actor
from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.text import Lazy, _l

SHORTEST_WISH, LONGEST_WISH = 5, 1000  # characters
OUTCOME_NAMES: dict[str, Lazy] = {
    "corrected": _l("It has been put right"),
    "kept": _l("It stays as it is"),
}
ANSWERED = _l("This has already been answered.")


class Asked(Protocol):
    """A correction, as far as the rules look at it."""

    @property
    def answered_at(self) -> datetime | None: ...


def may_answer(actor: Actor, correction: Asked) -> Decision:
    """Say whether the actor may answer; each correction is answered once."""
    if not actor.is_administrator:
        return deny(_l("Only administrators answer this."))
    if correction.answered_at is not None:
        return deny(ANSWERED)
    return ALLOW
