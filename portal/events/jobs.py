"""Tell people about the places they take."""

from datetime import datetime

from portal.accounts.queries import account_of
from portal.events.facts import PlaceTaken
from portal.events.models import Event, Registration
from portal.kernel.db import session
from portal.kernel.facts import on
from portal.kernel.mail import post
from portal.kernel.text import _l
from portal.people.queries import primary_address
from portal.web.mailing import write


@on(PlaceTaken)
def confirm_place(fact: PlaceTaken, _at: datetime) -> None:
    """Mail the one who took a place where and when, unless it has been given back since."""
    event = session().get(Event, fact.event_id)
    registration = session().get(Registration, fact.registration_id)
    address = primary_address(fact.person_id)
    account = account_of(fact.person_id)
    if event is None or registration is None or registration.ended_at or not address:
        return
    language = account.language if account else "sv"
    subject = _l("You have a place: %(title)s", title=event.title)
    post(write("place_taken", language, subject, event=event), address, fact.person_id)
