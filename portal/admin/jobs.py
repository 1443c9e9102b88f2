"""Mails about what administrators decide about somebody's own standing."""

from datetime import datetime

from portal.accounts.queries import reader_of
from portal.kernel.db import session
from portal.kernel.facts import on
from portal.kernel.mail import Reader
from portal.kernel.text import Lazy, _l
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


def _mail_primary(person_id: int, name: str, subject: Lazy) -> None:
    _mail(person_id, reader_of(person_id), name, subject)


def _mail(person_id: int, reader: Reader | None, name: str, subject: Lazy) -> None:
    if person := session().get(Person, person_id):
        send(name, reader, subject, person=person)
