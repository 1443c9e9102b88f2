"""People choose who sees what of them."""

from collections.abc import Mapping
from datetime import datetime

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.facts import record
from portal.people.actions.profile import held_person
from portal.people.facts import AudienceChosen
from portal.people.models import AUDIENCES, FIELDS


def choose_audiences(actor: Actor, chosen: Mapping[str, str], at: datetime) -> bool:
    """Choose the audience of some fields, or all; say whether any choice was new."""
    person = held_person(actor)
    for field, audience in chosen.items():
        if field not in FIELDS or audience not in AUDIENCES:
            raise ValueError(f"{field} can't be shown to {audience}")
        setattr(person, f"{field}_shown", audience)
    if not session().is_modified(person):
        return False
    session().flush()
    record(AudienceChosen(person.id), at)
    return True
