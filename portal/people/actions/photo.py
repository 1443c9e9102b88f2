"""People put up a photo of themselves and take it away; the old file goes when that is certain."""

from datetime import datetime

from portal.kernel import files
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.facts import record
from portal.people.actions.profile import held_person
from portal.people.facts import PhotoChanged, PhotoRemoved


def change_photo(actor: Actor, file_id: str, at: datetime) -> None:
    """Let a kept file be the actor's photo; the former one is deleted after the commit."""
    person = held_person(actor)
    if person.photo:
        files.remove_later(person.photo)
    person.photo = file_id
    session().flush()
    record(PhotoChanged(person.id), at)


def remove_photo(actor: Actor, at: datetime) -> bool:
    """Take the actor's photo away; say whether there was one."""
    person = held_person(actor)
    if not person.photo:
        return False
    files.remove_later(person.photo)
    person.photo = None
    session().flush()
    record(PhotoRemoved(person.id), at)
    return True
