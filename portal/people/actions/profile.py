"""People tell about themselves, and choose who sees it."""

from datetime import datetime

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.facts import record
from portal.people.actions.arriving import learn_words
from portal.people.facts import AudienceChosen, ProfileChanged
from portal.people.models import Person
from portal.people.policy import Profile, sort_key


def change_profile(actor: Actor, profile: Profile, at: datetime) -> bool:
    """Change what the actor tells about themselves; say whether anything was new."""
    person = session().get_one(Person, actor.person_id)
    renamed = person.name != profile.name
    person.name, person.sort_key = profile.name, sort_key(profile.name)
    person.headline, person.about = profile.headline, profile.about
    person.municipality = profile.municipality
    if not session().is_modified(person):
        return False
    session().flush()
    if renamed:
        learn_words(person)
    record(ProfileChanged(person.id), at)
    return True


def choose_name_shown(actor: Actor, shown: str, at: datetime) -> bool:
    """Choose who sees the actor's name; say whether it was another choice than before."""
    person = session().get_one(Person, actor.person_id)
    if person.name_shown == shown:
        return False
    # What goes with the name; other parts of the profile stay as private as they are.
    person.name_shown = person.headline_shown = shown
    person.municipality_shown = person.about_shown = shown
    session().flush()
    record(AudienceChosen(person.id), at)
    return True
