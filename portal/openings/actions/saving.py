"""People save openings for later, and let go of them."""

from datetime import datetime

from sqlalchemy import delete

from portal.kernel.actors import Actor
from portal.kernel.db import insert_new, session
from portal.kernel.decisions import require
from portal.kernel.facts import record
from portal.openings.facts import OpeningSaved
from portal.openings.models import Opening, SavedOpening
from portal.openings.policy import may_save


def save_opening(actor: Actor, opening: Opening, at: datetime) -> None:
    """Keep an opening for later; saving it twice is saving it once."""
    require(may_save(actor, opening, at))
    row = {"person_id": actor.person_id, "opening_id": opening.id, "saved_at": at}
    saving = insert_new(SavedOpening).values(row).returning(SavedOpening.opening_id)
    is_new = session().execute(saving).first() is not None
    if is_new and actor.person_id is not None:
        record(OpeningSaved(person_id=actor.person_id, opening_id=opening.id), at)


def let_go(actor: Actor, opening: Opening) -> None:
    """Take an opening off the actor's list."""
    mine = (SavedOpening.person_id == actor.person_id, SavedOpening.opening_id == opening.id)
    session().execute(delete(SavedOpening).where(*mine))
