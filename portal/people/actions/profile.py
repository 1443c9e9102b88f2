"""People tell who they are and what they do."""

from datetime import datetime

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.facts import record
from portal.people.actions.arriving import learn_words
from portal.people.facts import ProfileChanged
from portal.people.models import Person
from portal.people.policy import Profile, sort_key


def held_person(actor: Actor) -> Person:
    """Return the actor's own row and hold it: what they do at the same time elsewhere waits."""
    only_this = {"key_share": True}  # rows that point at the person may still be added
    found: Person = session().get_one(
        Person, actor.person_id, populate_existing=True, with_for_update=only_this
    )
    return found


def change_profile(actor: Actor, profile: Profile, at: datetime) -> bool:
    """Change what the actor tells about themselves; say whether anything was new.

    Who goes through these facts has looked whether they are right, so they count as confirmed.
    """
    person = held_person(actor)
    renamed = person.name != profile.name
    person.name, person.sort_key = profile.name, sort_key(profile.name)
    person.headline, person.about = profile.headline, profile.about
    person.municipality = profile.municipality
    if not session().is_modified(person):
        return False
    person.confirmed_at = at
    session().flush()
    if renamed:
        learn_words(person)
    record(ProfileChanged(person.id), at)
    return True
