"""Mails about what administrators decide about somebody's own standing; notices of corrections."""

from datetime import datetime

from portal.accounts.queries import reader_of
from portal.admin.policy.telling import CORRECTIONS
from portal.admin.queries.telling import who_may_answer
from portal.journey.facts import CorrectionAnswered, CorrectionAsked
from portal.kernel import clock
from portal.kernel.db import session
from portal.kernel.facts import on
from portal.kernel.mail import Reader
from portal.kernel.text import Lazy, _l
from portal.notifications.actions import News, close_item, tell
from portal.notifications.jobs import show_answer
from portal.notifications.queries.people import administrators_now
from portal.people.facts import PersonsMerged, RoleGiven, RoleTaken
from portal.people.models import Person
from portal.people.queries import addresses_of
from portal.web.mailing import send


@on(RoleGiven)
def mail_role_given(fact: RoleGiven, _at: datetime) -> None:
    """Tell somebody that they are administrator from now on."""
    _mail_primary(fact.person_id, "role_given", _l("You are administrator now"))


@on(RoleTaken)
def mail_role_taken(fact: RoleTaken, _at: datetime) -> None:
    """Tell somebody that their duty as administrator has ended."""
    _mail_primary(fact.person_id, "role_taken", _l("Your time as administrator has ended"))


@on(PersonsMerged)
def mail_merged(fact: PersonsMerged, _at: datetime) -> None:
    """Tell it to every address that either of the two had: only one of them goes on being primary."""
    for one in addresses_of(fact.person_id):
        subject = _l("You are one person here now")
        _mail(fact.person_id, reader_of(fact.person_id, one.address), "persons_merged", subject)


@on(CorrectionAsked)
def tell_of_wish(fact: CorrectionAsked, _at: datetime) -> None:
    """Tell the administrators that somebody waits; not those on the other side of the wall."""
    news = News(CORRECTIONS, "CorrectionAsked", fact.correction_id, CORRECTIONS)
    now = clock.now()
    people = set(who_may_answer(fact.correction_id, now)) - {fact.person_id}
    tell(people, news, now)


@on(CorrectionAnswered)
def tell_of_answer(fact: CorrectionAnswered, _at: datetime) -> None:
    """Show the answer to the person, and let no other administrator answer once more."""
    show_answer(fact.person_id, "CorrectionAnswered", fact.correction_id)
    close_item(administrators_now(), "CorrectionAsked", fact.correction_id, clock.now())


def _mail_primary(person_id: int, name: str, subject: Lazy) -> None:
    _mail(person_id, reader_of(person_id), name, subject)


def _mail(person_id: int, reader: Reader | None, name: str, subject: Lazy) -> None:
    if person := session().get(Person, person_id):
        send(name, reader, subject, person=person)
