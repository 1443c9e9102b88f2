"""Tell people about the places they take, and free those they can no longer use."""

from datetime import datetime

from portal.accounts.queries import reader_of
from portal.events.actions import give_back_place
from portal.events.facts import PlaceTaken
from portal.events.models import Event, Registration
from portal.events.queries import left_behind
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.facts import on
from portal.kernel.text import _l
from portal.networks.facts import NetworkLeft
from portal.people.models import Person
from portal.web.mailing import send


@on(PlaceTaken)
def confirm_place(fact: PlaceTaken, _at: datetime) -> None:
    """Mail the one who took a place where and when, unless it has been given back since."""
    event = session().get(Event, fact.event_id)
    registration = session().get(Registration, fact.registration_id)
    if event is None or registration is None or registration.ended_at:
        return
    subject = _l("You have a place: %(title)s", title=event.title)
    person = session().get_one(Person, fact.person_id)
    send("place_taken", reader_of(fact.person_id), subject, person=person, event=event)


@on(NetworkLeft)
def free_places(fact: NetworkLeft, at: datetime) -> None:
    """Give back the places of somebody who left, at events that only members may come to."""
    actor = Actor(fact.person_id)
    for event in left_behind(actor, fact.network_id, at):
        give_back_place(actor, event, at)
