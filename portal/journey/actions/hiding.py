"""Keep an entry of one's journey from one's networks, or let them read it again."""

from datetime import datetime

from sqlalchemy import delete

from portal.journey.models import HiddenEntry
from portal.journey.policy import may_hide
from portal.journey.queries import Happening
from portal.kernel.actors import Actor
from portal.kernel.db import insert_new, session
from portal.kernel.decisions import require


def hide_entry(actor: Actor, entry: Happening, at: datetime) -> None:
    """Tell the networks no more of an entry of the actor's own; again is no harm."""
    require(may_hide(entry))
    row = {"person_id": actor.person_id, "fact_id": entry.id, "hidden_at": at}
    session().execute(insert_new(HiddenEntry).values(row))


def show_entry(actor: Actor, entry: Happening) -> None:
    """Tell the networks of an entry of the actor's own again."""
    mine = (HiddenEntry.person_id == actor.person_id, HiddenEntry.fact_id == entry.id)
    session().execute(delete(HiddenEntry).where(*mine))
